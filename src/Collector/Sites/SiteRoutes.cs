using System.Security.Claims;
using System.Security.Cryptography;
using Collector.Feedback;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Sites;

/// <summary>Making, reading and changing sites.</summary>
public static class SiteRoutes
{
    private const string Example =
        """
        { "id": "k7d2m9q4", "siteKey": "st_5wGm2kQ8rT1xV7zB4nYc9D", "name": "Shop", "timeZone": "Europe/Amsterdam",
          "allowedOrigins": ["https://shop.example"], "languages": ["nl", "en"], "minimumAnswers": 10, "retentionDays": 730,
          "maximumTouchpoints": 10000, "collapseIdentifiers": true, "scrubText": true, "informal": false,
          "quietDays": 30, "respectPrivacySignals": true,
          "appearance": { "colors": { "background": "#ffffff", "text": "#1b1f27", "accent": "#2a58bf", "onAccent": "#ffffff" }, "cornerRadius": 8 },
          "widget": { "script": "/st_5wGm2kQ8rT1xV7zB4nYc9D.js", "pinned": "/collector-0.1.0-2f6b1c09ae.js",
                      "integrity": "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC" },
          "createdAt": "2026-11-22T09:30:00+00:00" }
        """;

    /// <summary>Maps the routes.</summary>
    public static void MapSites(this RouteGroupBuilder analysts)
    {
        var sites = analysts.MapGroup("/v1/sites").WithTags("Sites");

        sites.MapPost("/", CreateAsync)
            .RequireAuthorization(Scopes.Operator)
            .WithName("CreateSite").WithSummary("Make a site").WithProblems(400, 413, 415, 422)
            .WithRequestExample("""{ "name": "Shop", "timeZone": "Europe/Amsterdam", "allowedOrigins": ["https://shop.example"] }""")
            .WithResponseExample(201, Example);

        sites.MapGet("/", ListAsync)
            .RequireAuthorization()
            .WithName("ListSites").WithSummary("List the sites that the key may see").WithProblems(400)
            .WithResponseExample(200, $$"""{ "items": [{{Example}}], "next": null }""");

        sites.MapGet("/{site}", Read)
            .RequireAuthorization()
            .WithName("GetSite").WithSummary("Read a site").WithProblems(400, 404)
            .WithResponseExample(200, Example);

        sites.MapPatch("/{site}", ChangeAsync)
            .RequireAuthorization(Scopes.Admin)
            .WithName("ChangeSite").WithSummary("Change a site").WithProblems(400, 404, 413, 415, 422)
            .WithRequestExample("""{ "minimumAnswers": 25 }""")
            .WithResponseExample(200, Example);

        sites.MapDelete("/{site}", DeleteAsync)
            .RequireAuthorization(Scopes.Admin)
            .WithName("DeleteSite").WithSummary("Remove a site and all its answers").WithProblems(400, 404);
    }

    /// <summary>Makes a site, with the survey <c>effort-and-intention</c> live. Needs the operator's admin key.</summary>
    internal static async Task<Results<Created<SiteAnswer>, ProblemHttpResult>> CreateAsync(
        NewSite change, Database database, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var now = time.GetUtcNow();
        var site = SiteCheck.Create(change, NewId(), SiteKey.New(), now, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await InsertAsync(database, site, audit, cancellation);
        return TypedResults.Created($"/v1/sites/{site.Id}", SiteAnswer.From(site));
    }

    internal static Task InsertAsync(Database database, Site site, Audit? audit, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            await SiteWrites.InsertAsync(transaction, site);
            await SurveyWrites.InsertAsync(transaction, site.Id, DefaultSurvey.Value, SurveyState.Live, site.CreatedAt, cancellation);
            if (audit is not null)
            {
                await audit.WriteAsync(transaction, site.Id, Act.SiteMade, site.Name);
            }

            return site;
        },
        cancellation);

    /// <summary>Lists sites by id: all of them for the operator's key, its own for the key of a site.</summary>
    internal static async Task<Results<Ok<SiteList>, ProblemHttpResult>> ListAsync(
        [AsParameters] PagingQuery page,
        ClaimsPrincipal caller,
        Database database,
        SiteDirectory directory,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var paging = Paging.Read(page, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        if (caller.Site() is { } own)
        {
            var site = await directory.FindAsync(own, cancellation);
            return TypedResults.Ok(new SiteList(site is null ? [] : [SiteAnswer.From(site)], null));
        }

        await using var connection = await database.ReadAsync(cancellation);
        var (sites, next) = paging.Page(await SiteDirectory.ListAsync(connection, paging.After ?? "", paging.Limit + 1, cancellation), site => site.Id);
        return TypedResults.Ok(new SiteList([.. sites.Select(SiteAnswer.From)], next));
    }

    /// <summary>Reads a site's settings. Any key of the site may.</summary>
    internal static Ok<SiteAnswer> Read(Site site) => TypedResults.Ok(SiteAnswer.From(site));

    /// <summary>
    /// Changes the settings that are given and leaves the others. Stored responses keep their day; when <c>collapseIdentifiers</c>
    /// changes, their touchpoints follow in the background.
    /// </summary>
    internal static async Task<Results<Ok<SiteAnswer>, ProblemHttpResult>> ChangeAsync(
        Site site, SiteChange change, Database database, SiteDirectory directory, WidgetFiles files, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var changed = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                // Read again here: another change may have been made since this request found the site.
                var now = (await SiteDirectory.ReadAsync(transaction, site.Id, cancellation))!;
                var after = SiteCheck.Apply(change, now, errors);
                if (!errors.Any)
                {
                    await SiteWrites.UpdateAsync(transaction, after);
                    if (string.Join(' ', SiteAnswer.ChangedFields(now, after)) is { Length: > 0 } fields)
                    {
                        await audit.WriteAsync(transaction, site.Id, Act.SiteChanged, after.Name, fields);
                    }

                    if (after.CollapseIdentifiers != now.CollapseIdentifiers)
                    {
                        await TouchpointRuleRows.NextVersionAsync(transaction, site.Id, time.GetUtcNow(), cancellation);
                    }
                }

                return after;
            },
            cancellation);
        directory.Forget(site);
        files.Forget(site.Key);
        return errors.Any ? Problems.Invalid(errors) : TypedResults.Ok(SiteAnswer.From(changed));
    }

    /// <summary>
    /// Removes a site with all that is stored of it: responses, figures, surveys, keys, members, its audit trail. From this moment on nobody finds it, its script answers 404, and responses for it are
    /// refused; the data itself is deleted in the background. There is no way back.
    /// </summary>
    internal static async Task<NoContent> DeleteAsync(
        Site site, Database database, SiteDirectory directory, WidgetFiles files, TimeProvider time, ILogger<SiteRemoval> logger, Audit audit, CancellationToken cancellation)
    {
        await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                await SiteRemoval.BeginAsync(transaction, site.Id, time.GetUtcNow(), cancellation);
                return 0;
            },
            cancellation);
        directory.Forget(site);
        files.Forget(site.Key);
        SiteRemoval.LogTakenAway(logger, site.Id, audit.Who);
        return TypedResults.NoContent();
    }

    // Twelve letters and digits without look-alikes: short enough to type, too many to meet.
    private static string NewId() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 12);
}
