using System.Reflection;
using System.Text.Json.Nodes;
using Collector.Dashboard.People;
using Collector.Sites;
using Collector.Tests.Dashboard;
using Collector.Tests.Support;
using Collector.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Web.Access;

/// <summary>Every kind of caller that a row of <see cref="AccessRow"/> knows, by the name of its cell, with the header that makes it one.</summary>
internal sealed class Callers
{
    private readonly IReadOnlyDictionary<string, (string Header, string Value)?> signs;

    private Callers(IReadOnlyDictionary<string, (string Header, string Value)?> signs) => this.signs = signs;

    public static IReadOnlyList<PropertyInfo> Cells { get; } = typeof(AccessRow).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    public IReadOnlyList<string> Kinds => [.. signs.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Callers> OfAsync(FurnishedSite own, FurnishedSite others)
    {
        var collector = own.Site.Collector;
        var headers = new Dictionary<string, (string Header, string Value)?>(StringComparer.Ordinal) { ["Nobody"] = null };
        headers["UnknownKey"] = Bearer(ApiKey.New(own.Site.Id).Text);

        var revoked = await NewKeyAsync(own, [.. Scopes.OfKeys]);
        headers["RevokedKey"] = Bearer((string)revoked["key"]!);
        await new Saved(own.Site, "keys").SendAsync(HttpMethod.Delete, $"/{(string)revoked["id"]!}");

        headers["ExpiredKey"] = Bearer((string)(await NewKeyAsync(own, [.. Scopes.OfKeys], collector.Time.Now.AddMinutes(1)))["key"]!);
        collector.Time.Now = collector.Time.Now.AddMinutes(1);

        foreach (var scope in Scopes.OfKeys)
        {
            var name = $"{char.ToUpperInvariant(scope[0])}{scope[1..]}Key";
            headers[name] = Bearer((string)(await NewKeyAsync(own, [scope]))["key"]!);
            headers[$"Others{name}"] = Bearer((string)(await NewKeyAsync(others, [scope]))["key"]!);
        }

        headers["OperatorKey"] = Bearer(RunningCollector.AdminKey);

        var sessions = collector.Services.GetRequiredService<Sessions>();
        var ended = await sessions.BeginAsync(own.Owner, isComplete: true, Cancellation);
        await sessions.EndAsync(ended, Cancellation);
        headers["EndedSession"] = Cookie(ended);
        headers["UnfinishedSession"] = Cookie(await sessions.BeginAsync(own.Owner, isComplete: false, Cancellation));
        headers["Stranger"] = await SessionAsync(await collector.AddPersonAsync());
        foreach (var role in Enum.GetValues<Role>())
        {
            headers[$"{role}"] = await SessionAsync(await collector.AddPersonAsync(own.Site, role));
            headers[$"Others{role}"] = await SessionAsync(await collector.AddPersonAsync(others.Site, role));
        }

        headers["Operator"] = await SessionAsync(await collector.AddPersonAsync(isOperator: true));
        return new Callers(headers);

        async Task<(string, string)?> SessionAsync(Person person) => Cookie(await sessions.BeginAsync(person, isComplete: true, Cancellation));
    }

    /// <summary>Makes a request one of this kind of caller.</summary>
    public void Sign(HttpRequestMessage request, string kind)
    {
        if (signs[kind] is { } sign)
        {
            request.Headers.Add(sign.Header, sign.Value);
        }
    }

    /// <summary>The cell of a row for a kind of caller. A route about no site knows no other site, and has none to hide.</summary>
    public static Passage CellOf(AccessRow row, string kind, bool isAboutSite)
    {
        var cell = Cells.Single(each => each.Name == (isAboutSite ? kind : kind.Replace("Others", "", StringComparison.Ordinal)));
        var passage = (Passage)cell.GetValue(row)!;
        return passage == Passage.Hidden && !isAboutSite && row != AccessRow.OfReceipt ? Passage.Refused : passage;
    }

    private static (string, string)? Bearer(string key) => ("Authorization", $"Bearer {key}");

    private static (string, string)? Cookie(Secret session) => ("Cookie", $"collector-session={session.Text}");

    private static async Task<JsonNode> NewKeyAsync(FurnishedSite site, string[] scopes, DateTimeOffset? expires = null)
    {
        var request = new JsonObject { ["name"] = "Test", ["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]), ["expires"] = expires };
        return (await new Saved(site.Site, "keys").SendAsync(HttpMethod.Post, "", request.ToJsonString())).Body!;
    }
}
