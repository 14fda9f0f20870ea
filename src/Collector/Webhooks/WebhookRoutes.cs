using System.Globalization;
using System.Security.Claims;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Webhooks;

/// <summary>The webhooks of a site: who is told what.</summary>
public static class WebhookRoutes
{
    private const string Fields =
        """
        "id": "0199f1c27b3a7c3e9d550123456789ab", "name": "Service desk", "url": "https://desk.example/hooks/collector", "events": ["response.completed", "ces.dropped"],
        "format": "standard", "comments": false, "state": "enabled", "reason": null, "failingSince": null, "createdAt": "2026-11-22T09:30:00+00:00"
        """;

    private const string Example = $$"""{ {{Fields}} }""", WithSecret = $$"""{ {{Fields}}, "secret": "whsec_…" }""";

    /// <summary>Maps the routes.</summary>
    public static void MapWebhooks(this RouteGroupBuilder analysts)
    {
        var webhooks = analysts.MapGroup("/v1/sites/{site}/webhooks").WithTags("Webhooks").RequireAuthorization(Scopes.Manage);

        webhooks.MapPost("/", CreateAsync)
            .WithName("CreateWebhook").WithSummary("Make a webhook").WithProblems(400, 404, 409, 413, 415, 422)
            .WithRequestExample("""{ "name": "Service desk", "url": "https://desk.example/hooks/collector", "events": ["response.completed", "ces.dropped"] }""")
            .WithResponseExample(201, WithSecret);

        webhooks.MapGet("/", ListAsync)
            .WithName("ListWebhooks").WithSummary("List the webhooks").WithProblems(400, 404)
            .WithResponseExample(200, $$"""{ "items": [{{Example}}], "next": null }""");

        webhooks.MapGet("/{id}", GetAsync)
            .WithName("GetWebhook").WithSummary("Read a webhook").WithProblems(400, 404)
            .WithResponseExample(200, Example);

        webhooks.MapPatch("/{id}", ChangeAsync)
            .WithName("ChangeWebhook").WithSummary("Change, pause or enable a webhook").WithProblems(400, 404, 413, 415, 422)
            .WithRequestExample("""{ "state": "paused" }""")
            .WithResponseExample(200, Example);

        webhooks.MapDelete("/{id}", DeleteAsync)
            .WithName("DeleteWebhook").WithSummary("Remove a webhook").WithProblems(400, 404);

        webhooks.MapPost("/{id}/secret", RotateAsync)
            .WithName("RotateWebhookSecret").WithSummary("Give a webhook a new secret").WithProblems(400, 404)
            .WithResponseExample(200, WithSecret);

        webhooks.MapDeliveries();
    }

    /// <summary>
    /// Makes a webhook. Messages follow Standard Webhooks: `webhook-id`, `webhook-timestamp` and `webhook-signature` beside the body `{ type, timestamp, data }`. One that is not
    /// answered by a status from 200 to 299 within ten seconds is sent again for about a day, ever later; a receiver that takes nothing for a day is disabled. A message may come twice: its id says so. A site has
    /// at most 20 webhooks.
    /// </summary>
    internal static async Task<Results<Created<WebhookSecretAnswer>, ProblemHttpResult>> CreateAsync(
        Site site, NewWebhook request, ClaimsPrincipal caller, WebhookSettings settings, Database database, SiteDirectory directory, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var (errors, now) = (new FieldErrors(), time.GetUtcNow());
        foreach (var (member, isThere) in new[] { ("/name", request.Name is not null), ("/url", request.Url is not null), ("/events", request.Events is not null) })
        {
            if (!isThere)
            {
                errors.AddMalformed(member, "Is required.");
            }
        }

        var blank = new WebhookRow { Site = site.Id, Id = Guid.CreateVersion7(now).ToString("n"), Secret = Secret.New(), CreatedAt = now.ToUnixTimeMilliseconds() };
        if (errors.Any || blank.With(request, settings, caller.Has(Scopes.Responses), errors) is not { } row)
        {
            return Problems.Invalid(errors);
        }

        var made = await WebhookRows.ChangeAsync(database, directory, site, rows => rows.Count < WebhookRows.Most ? row : null, audit, Act.WebhookMade, cancellation);
        return made is null
            ? Problems.Because(StatusCodes.Status409Conflict, string.Create(CultureInfo.InvariantCulture, $"A site has at most {WebhookRows.Most} webhooks."))
            : TypedResults.Created($"/v1/sites/{site.Id}/webhooks/{row.Id}", row.ToSecretAnswer());
    }

    /// <summary>Lists the site's webhooks in the order in which they were made, without their secrets.</summary>
    internal static async Task<Results<Ok<WebhookList>, ProblemHttpResult>> ListAsync(Site site, [AsParameters] PagingQuery page, Database database, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var paging = Paging.Read(page, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var rows = await WebhookRows.ReadAsync(connection, site.Id, transaction: null, cancellation);
        var (shown, next) = paging.Page([.. rows.Where(row => string.CompareOrdinal(row.Id, paging.After) > 0)], row => row.Id);
        return TypedResults.Ok(new WebhookList([.. shown.Select(row => row.ToAnswer())], next));
    }

    /// <summary>Reads a webhook, without its secret.</summary>
    /// <param name="id">The webhook's id.</param>
    internal static async Task<Results<Ok<WebhookAnswer>, ProblemHttpResult>> GetAsync(Site site, string id, Database database, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return await WebhookRows.FindAsync(connection, site.Id, id, cancellation) is { } row ? TypedResults.Ok(row.ToAnswer()) : NotFound();
    }

    /// <summary>Changes what is given of a webhook and leaves the rest. To say that it is <c>enabled</c> is to begin anew with one that failed.</summary>
    /// <param name="id">The webhook's id.</param>
    internal static async Task<Results<Ok<WebhookAnswer>, ProblemHttpResult>> ChangeAsync(
        Site site, string id, WebhookChange request, ClaimsPrincipal caller, WebhookSettings settings, Database database, SiteDirectory directory, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var changed = await WebhookRows.ChangeAsync(
            database,
            directory,
            site,
            rows => rows.SingleOrDefault(row => row.Id == id)?.With(request, settings, caller.Has(Scopes.Responses), errors),
            audit,
            Act.WebhookChanged,
            cancellation);
        return errors.Any ? Problems.Invalid(errors) : changed is null ? NotFound() : TypedResults.Ok(changed.ToAnswer());
    }

    /// <summary>Removes a webhook, and what it was still to be told.</summary>
    /// <param name="id">The webhook's id.</param>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Site site, string id, Database database, SiteDirectory directory, Audit audit, CancellationToken cancellation) =>
        await WebhookRows.DeleteAsync(database, directory, site, id, audit, cancellation) ? TypedResults.NoContent() : NotFound();

    /// <summary>Gives a webhook a new secret. For 24 hours messages are signed with both, so that the receiver can change over without losing any.</summary>
    /// <param name="id">The webhook's id.</param>
    internal static async Task<Results<Ok<WebhookSecretAnswer>, ProblemHttpResult>> RotateAsync(
        Site site, string id, Database database, SiteDirectory directory, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var until = time.GetUtcNow().AddHours(Secret.OverlapHours).ToUnixTimeMilliseconds();
        var changed = await WebhookRows.ChangeAsync(
            database,
            directory,
            site,
            rows => rows.SingleOrDefault(row => row.Id == id) is { } row ? row with { Secret = Secret.New(), OldSecret = row.Secret, OldSecretUntil = until } : null,
            audit,
            Act.WebhookSecretChanged,
            cancellation);
        return changed is null ? NotFound() : TypedResults.Ok(changed.ToSecretAnswer());
    }

    internal static ProblemHttpResult NotFound() => Problems.NotFound("There is no such webhook.");
}
