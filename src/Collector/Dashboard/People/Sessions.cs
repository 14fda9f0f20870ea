using Collector.Storage;
using Dapper;

namespace Collector.Dashboard.People;

/// <summary>Who is signed in, by what their browser's cookie holds. Asked anew with each request: a session that was ended opens nothing from then on, in every process.</summary>
internal sealed partial class Sessions(Database database, TimeProvider time, ILogger<Sessions> logger)
{
    /// <summary>After so long without a request, a session is over.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(24);

    /// <summary>After so long it is over in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    // Between password and code.
    private static readonly TimeSpan Unfinished = TimeSpan.FromMinutes(5);

    // To write at each request would cost every page an fsync.
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Begins one, and forgets those of everybody that are over.</summary>
    public async Task<Secret> BeginAsync(Person person, bool isComplete, CancellationToken cancellation)
    {
        var secret = Secret.New();
        await database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(
                    "delete from sessions where created_at < @Oldest or seen_at < @Seen",
                    new { Oldest = Now - (long)Longest.TotalMilliseconds, Seen = Now - (long)Idle.TotalMilliseconds },
                    transaction);
                return await transaction.Connection!.ExecuteAsync(
                    "insert into sessions (hash, person, is_complete, created_at, seen_at) values (@Hash, @Person, @IsComplete, @Now, @Now)",
                    new { secret.Hash, Person = person.Id, IsComplete = isComplete ? 1 : 0, Now },
                    transaction);
            },
            cancellation);
        if (isComplete)
        {
            TellSignedIn(person.Id);
        }

        return secret;
    }

    /// <summary>The person of a session that is complete; of one that still lacks the second factor where <paramref name="isComplete"/> is false.</summary>
    public async Task<Person?> FindAsync(Secret secret, bool isComplete, CancellationToken cancellation)
    {
        var now = Now;
        await using var connection = await database.LookUpAsync(cancellation);
        var seenAt = await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            "select seen_at from sessions where hash = @Hash and is_complete = @IsComplete and created_at > @Oldest and seen_at > @Seen",
            new
            {
                secret.Hash,
                IsComplete = isComplete ? 1 : 0,
                Oldest = now - (long)(isComplete ? Longest : Unfinished).TotalMilliseconds,
                Seen = now - (long)Idle.TotalMilliseconds,
            },
            cancellationToken: cancellation));
        if (seenAt is null)
        {
            return null;
        }

        if (isComplete && now - seenAt > SeenEvery.TotalMilliseconds)
        {
            await database.WriteAsync(
                transaction => transaction.Connection!.ExecuteAsync("update sessions set seen_at = @now where hash = @Hash", new { secret.Hash, now }, transaction), cancellation);
        }

        return await connection.QuerySingleOrDefaultAsync<Person>(new CommandDefinition(
            $"select {Accounts.Columns} from people where id = (select person from sessions where hash = @Hash)", new { secret.Hash }, cancellationToken: cancellation));
    }

    /// <summary>Ends one.</summary>
    public Task EndAsync(Secret secret, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync("delete from sessions where hash = @Hash", new { secret.Hash }, transaction), cancellation);

    /// <summary>Those of a person that are not over, the one that was used last first.</summary>
    public async Task<IReadOnlyList<SignedInBrowser>> OfAsync(string person, Secret? current, CancellationToken cancellation)
    {
        await using var connection = await database.LookUpAsync(cancellation);
        var rows = await connection.QueryAsync<(string Hash, long CreatedAt, long SeenAt)>(new CommandDefinition(
            "select hash, created_at, seen_at from sessions where person = @person and is_complete = 1 and created_at > @Oldest and seen_at > @Seen order by seen_at desc, hash",
            new { person, Oldest = Now - (long)Longest.TotalMilliseconds, Seen = Now - (long)Idle.TotalMilliseconds },
            cancellationToken: cancellation));
        return [.. rows.Select(row => new SignedInBrowser(
            row.Hash, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt), DateTimeOffset.FromUnixTimeMilliseconds(row.SeenAt), row.Hash == current?.Hash))];
    }

    /// <summary>Ends one of a person, by what is stored of it.</summary>
    public Task EndAsync(string person, string hash, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync("delete from sessions where person = @person and hash = @hash", new { person, hash }, transaction), cancellation);

    /// <summary>Ends all of a person.</summary>
    public Task EndAllAsync(string person, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync("delete from sessions where person = @person", new { person }, transaction), cancellation);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Person} signed in.")]
    private partial void TellSignedIn(string person);
}

/// <summary>A browser that somebody is signed in with.</summary>
/// <param name="Id">What is stored of its session.</param>
/// <param name="Since">When they signed in.</param>
/// <param name="SeenAt">When it was used last, to within five minutes.</param>
/// <param name="IsThis">Whether it is the one that asks.</param>
public sealed record SignedInBrowser(string Id, DateTimeOffset Since, DateTimeOffset SeenAt, bool IsThis);
