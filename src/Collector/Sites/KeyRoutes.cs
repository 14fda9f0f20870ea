using System.Globalization;
using Collector.Feedback;
using Collector.Storage;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Sites;

/// <summary>The keys of a site: made, listed, revoked.</summary>
public static class KeyRoutes
{
    private const int LongestName = 200;

    /// <summary>Maps the routes.</summary>
    public static void MapKeys(this RouteGroupBuilder analysts)
    {
        var keys = analysts.MapGroup("/v1/sites/{site}/keys").WithTags("Keys").RequireAuthorization(Scopes.Admin);

        keys.MapPost("/", CreateAsync)
            .WithName("CreateKey").WithSummary("Make a key").WithProblems(400, 404, 413, 415, 422)
            .WithRequestExample("""{ "name": "Weekly report", "scopes": ["read"] }""")
            .WithResponseExample(201,
                """
                { "id": "q3w8e5r2", "key": "ck_k7d2m9q4_…", "name": "Weekly report", "scopes": ["read"],
                  "createdAt": "2026-11-22T09:30:00+00:00", "lastUsed": null, "expires": null }
                """);

        keys.MapGet("/", ListAsync)
            .WithName("ListKeys").WithSummary("List the keys").WithProblems(400, 404)
            .WithResponseExample(200,
                """
                { "items": [ { "id": "q3w8e5r2", "name": "Weekly report", "scopes": ["read"],
                               "createdAt": "2026-11-22T09:30:00+00:00", "lastUsed": "2026-11-23T06:00:00+00:00",
                               "expires": null } ], "next": null }
                """);

        keys.MapDelete("/{id}", RevokeAsync)
            .WithName("RevokeKey").WithSummary("Revoke a key").WithProblems(400, 404);
    }

    /// <summary>Makes a key. The key itself is told this once; only its hash is kept.</summary>
    internal static async Task<Results<Created<NewKeyAnswer>, ProblemHttpResult>> CreateAsync(
        Site site, KeyRequest request, Database database, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var errors = Check(request, now);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var key = ApiKey.New(site.Id);
        var answer = new NewKeyAnswer
        {
            Id = Guid.CreateVersion7(now).ToString("n"),
            Key = key.Text,
            Name = request.Name!,
            Scopes = request.Scopes!,
            CreatedAt = now,
            LastUsed = null,
            Expires = request.Expires,
        };
        await InsertAsync(database, key, answer, audit, cancellation);
        return TypedResults.Created((string?)null, answer);
    }

    private static Task<int> InsertAsync(Database database, ApiKey key, KeyAnswer answer, Audit audit, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            await audit.WriteAsync(transaction, key.Site, Act.KeyMade, answer.Name, string.Join(' ', answer.Scopes));
            return await transaction.Connection!.ExecuteAsync(
                """
                insert into keys (site, id, name, hash, scopes, created_at, expires_at)
                values (@Site, @Id, @Name, @Hash, @Scopes, @CreatedAt, @ExpiresAt)
                """,
                new
                {
                    key.Site,
                    answer.Id,
                    answer.Name,
                    key.Hash,
                    Scopes = string.Join(' ', answer.Scopes),
                    CreatedAt = answer.CreatedAt.ToUnixTimeMilliseconds(),
                    ExpiresAt = answer.Expires?.ToUnixTimeMilliseconds(),
                },
                transaction);
        },
        cancellation);

    /// <summary>Lists the site's keys, oldest first, without the keys themselves.</summary>
    internal static async Task<Results<Ok<KeyList>, ProblemHttpResult>> ListAsync(
        Site site,
        [AsParameters] PagingQuery page,
        Database database,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var paging = Paging.Read(page, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var rows = await connection.QueryAsync<KeyRow>(new CommandDefinition(
            "select id, name, scopes, created_at, used_at, expires_at from keys where site = @Site and id > @After order by id limit @Limit",
            new { Site = site.Id, After = paging.After ?? "", Limit = paging.Limit + 1 },
            cancellationToken: cancellation));
        var (keys, next) = paging.Page([.. rows.Select(row => row.ToAnswer())], key => key.Id);
        return TypedResults.Ok(new KeyList(keys, next));
    }

    /// <summary>Revokes a key: it opens nothing from now on.</summary>
    /// <param name="id">The key's id.</param>
    internal static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(Site site, string id, Database database, Audit audit, CancellationToken cancellation)
    {
        var wasThere = await database.WriteAsync(
            async transaction =>
            {
                var key = new { Site = site.Id, id };
                if (await transaction.Connection!.QuerySingleOrDefaultAsync<string>("select name from keys where site = @Site and id = @id", key, transaction) is not { } name)
                {
                    return false;
                }

                await audit.WriteAsync(transaction, site.Id, Act.KeyRevoked, name);
                return await transaction.Connection!.ExecuteAsync("delete from keys where site = @Site and id = @id", key, transaction) == 1;
            },
            cancellation);
        return wasThere ? TypedResults.NoContent() : Problems.NotFound("There is no such key.");
    }

    private static FieldErrors Check(KeyRequest request, DateTimeOffset now)
    {
        var errors = new FieldErrors();
        if (request.Name is null)
        {
            errors.AddMalformed("/name", "Is required.");
        }
        else if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > LongestName || request.Name.Any(char.IsControl))
        {
            errors.Add("/name", string.Create(CultureInfo.InvariantCulture, $"1 to {LongestName} characters, none of them a control character."));
        }

        if (request.Scopes is null)
        {
            errors.AddMalformed("/scopes", "Is required.");
        }
        else if (request.Scopes.Count == 0 || request.Scopes.Distinct().Count() < request.Scopes.Count || request.Scopes.Except(Scopes.OfKeys).Any())
        {
            errors.Add("/scopes", $"At least one, each once, of: {string.Join(", ", Scopes.OfKeys)}.");
        }

        if (request.Expires <= now)
        {
            errors.Add("/expires", "Must lie in the future.");
        }

        return errors;
    }

    private sealed record KeyRow
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string Scopes { get; init; }
        public required long CreatedAt { get; init; }
        public required long? UsedAt { get; init; }
        public required long? ExpiresAt { get; init; }

        public KeyAnswer ToAnswer() => new()
        {
            Id = Id,
            Name = Name,
            Scopes = Scopes.Split(' '),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            LastUsed = UsedAt is { } used ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null,
            Expires = ExpiresAt is { } expires ? DateTimeOffset.FromUnixTimeMilliseconds(expires) : null,
        };
    }
}
