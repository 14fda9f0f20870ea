using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Collector.Storage;
using Dapper;

namespace Collector.Sites;

/// <summary>
/// Writes down who did what on a site, in the transaction that does it: neither is there without the other. A route takes the one of its caller as a parameter. What visitors wrote
/// is never written here.
/// </summary>
internal sealed class Audit : IBindableFromHttpContext<Audit>
{
    /// <summary>So long it can be looked up, in days.</summary>
    public const int KeptDays = 730;

    private const long Hour = 3_600_000;

    private static long written;

    private readonly TimeProvider time;
    private readonly string kind, id, name;

    private Audit(TimeProvider time, string kind, string id, string name) => (this.time, this.kind, this.id, this.name) = (time, kind, id, name);

    /// <summary>That of a person whose request does not say who they are, since it is the one that makes them known.</summary>
    public static Audit OfPerson(string id, string name, TimeProvider time) => new(time, "person", id, name);

    /// <summary>That of whoever has the machine.</summary>
    public static Audit OfOperator(TimeProvider time) => new(time, "operator", "", "");

    /// <summary>That of a visitor, of whom nothing is known but that the response is theirs.</summary>
    public static Audit OfVisitor(TimeProvider time) => new(time, "visitor", "", "");

    /// <summary>Who it is, for the operator's log: by id, not by name.</summary>
    public string Who => id.Length == 0 ? kind : $"{kind} {id}";

    /// <summary>That of whoever asks.</summary>
    public static Audit Of(HttpContext context)
    {
        var (caller, time) = (context.User, context.RequestServices.GetRequiredService<TimeProvider>());
        var (id, name) = (caller.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", caller.FindFirstValue(ClaimTypes.Name) ?? "");
        var isKey = caller.Identity?.AuthenticationType == ApiKeyAuthentication.SchemeName;
        return new Audit(time, !isKey ? "person" : id.Length == 0 ? "operator" : "key", id, name);
    }

    /// <inheritdoc/>
    public static ValueTask<Audit?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<Audit?>(Of(context));

    /// <summary>Where the entries of a moment begin among the ids.</summary>
    public static string IdAt(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);

    /// <summary>Writes one down.</summary>
    /// <param name="about">What it was done to, by the name that people know it by.</param>
    /// <param name="details">Which of its fields, or as what; never what a visitor wrote.</param>
    public Task WriteAsync(DbTransaction transaction, string site, Act act, string about, string details = "")
    {
        var now = time.GetUtcNow();

        // After the time a number that grows, so that what is done at once stands in its order, and one that no other process comes to.
        var entry = string.Create(CultureInfo.InvariantCulture, $"{IdAt(now)}{Interlocked.Increment(ref written) & 0xFFFF_FFFF:x8}{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        return InsertAsync(transaction, site, entry, now.ToUnixTimeMilliseconds(), act, about, details);
    }

    /// <summary>Writes down what one does again and again, such as reading: once for a person or key and an hour, which the entry then stands for.</summary>
    public async Task WriteOnceAnHourAsync(Database database, string site, Act act, CancellationToken cancellation)
    {
        // The same id all hour long, in every process.
        var hour = time.GetUtcNow().ToUnixTimeMilliseconds() / Hour * Hour;
        var who = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {id} {act}")));
        var entry = IdAt(DateTimeOffset.FromUnixTimeMilliseconds(hour)) + who[..20];
        await using (var connection = await database.ReadAsync(cancellation))
        {
            if (await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
                "select 1 from audit where site = @site and id = @entry", new { site, entry }, cancellationToken: cancellation)) is not null)
            {
                return;
            }
        }

        await database.WriteAsync(transaction => InsertAsync(transaction, site, entry, hour, act, about: "", details: ""), cancellation);
    }

    private Task<int> InsertAsync(DbTransaction transaction, string site, string entry, long at, Act act, string about, string details) => transaction.Connection!.ExecuteAsync(
        """
        insert into audit (site, id, at, actor_kind, actor, actor_name, kind, action, about, details)
        values (@site, @entry, @at, @ActorKind, @Actor, @ActorName, @Kind, @Action, @about, @details)
        on conflict (site, id) do nothing
        """,
        new { site, entry, at, ActorKind = kind, Actor = id, ActorName = name, act.Kind, act.Action, about, details },
        transaction);
}
