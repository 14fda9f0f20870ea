using Collector.Dashboard.People;
using Collector.Dashboard.Shell;
using Collector.Sites;
using Collector.Storage;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Start;

/// <summary>The sites of a person, a new one, and the way from there to its first response.</summary>
internal static class SitesRoutes
{
    /// <summary>Maps the pages.</summary>
    public static void MapSitesPages(this RouteGroupBuilder people)
    {
        people.MapGet("/", HomeAsync);
        people.MapGet("/sites", ListAsync);
        people.MapGet("/sites/new", (PageContext page) => New(page, new NewSiteForm(), EmptyErrors)).RequireScope(Scopes.Operator);
        people.MapPost("/sites/new", CreateAsync).RequireScope(Scopes.Operator);
        people.MapGet("/sites/{**path}", (HttpContext context) => FailurePages.For(context, StatusCodes.Status404NotFound));
    }

    /// <summary>Maps the way to the first response.</summary>
    public static void MapStart(this RouteGroupBuilder site) => site.MapGet("/start", StartAsync);

    private static Dictionary<string, string[]> EmptyErrors { get; } = [];

    // Who has one site wants to see it, and not a list of one.
    private static async Task<IResult> HomeAsync(PageContext page, Members members, CancellationToken cancellation)
    {
        var sites = await members.SitesOfAsync(page.Person!, cancellation);
        return TypedResults.LocalRedirect(sites.Count == 1 ? $"/sites/{sites[0].Id}" : sites.Count == 0 && page.Person!.IsOperator ? "/sites/new" : "/sites");
    }

    private static async Task<IResult> ListAsync(PageContext page, Members members, CancellationToken cancellation) =>
        HtmlPage.Of<SitesView, IReadOnlyList<SiteName>>(page, page.Words.Say("Sites"), await members.SitesOfAsync(page.Person!, cancellation));

    private static HtmlPage New(PageContext page, NewSiteForm form, IReadOnlyDictionary<string, string[]> errors) => HtmlPage.Of<NewSiteView, NewSiteModel>(
        page, page.Words.Say("New site"), new NewSiteModel(form, errors), errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> CreateAsync([FromForm] NewSiteForm form, PageContext page, Database database, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var made = await SiteRoutes.CreateAsync(
            new NewSite { Name = form.Name, TimeZone = form.TimeZone, AllowedOrigins = form.Origins }, database, time, audit, cancellation);
        return made.ValueOf<SiteAnswer>() is { } site ? TypedResults.LocalRedirect($"/sites/{site.Id}/start") : New(page, form, made.ErrorsOf());
    }

    private static async Task<IResult> StartAsync(Site site, PageContext page, Database database, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var first = await connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            """
            select touchpoints.name from responses
            join touchpoints on touchpoints.site = responses.site and touchpoints.number = responses.touchpoint
            where responses.site = @Id and responses.answers <> '[]'
            limit 1
            """,
            new { site.Id },
            cancellationToken: cancellation));
        return HtmlPage.Of<StartView, StartModel>(page, page.Words.Say("Put it on your pages"), new StartModel(site, first));
    }
}

/// <summary>What the form of a new site sends.</summary>
public sealed record NewSiteForm
{
    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>Where its pages are.</summary>
    public string? Address { get; init; }

    /// <summary>Where its days begin and end.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The site's address as an allowed origin: a path that was copied along is dropped, and https is meant where nothing is said.</summary>
    public IReadOnlyList<string>? Origins => string.IsNullOrWhiteSpace(Address) ? null : [OriginOf(Address.Trim())];

    /// <summary>What is meant by an address that somebody typed or copied; what is none stays as it is.</summary>
    public static string OriginOf(string address) =>
        Uri.TryCreate(address.Contains("://", StringComparison.Ordinal) ? address : $"https://{address}", UriKind.Absolute, out var read) && read.Host.Length > 0 ? read.GetLeftPart(UriPartial.Authority) : address;
}

/// <summary>The form of a new site.</summary>
public sealed record NewSiteModel(NewSiteForm Form, IReadOnlyDictionary<string, string[]> Errors);

/// <summary>The way to the first response.</summary>
/// <param name="Site">The site.</param>
/// <param name="First">The touchpoint of a response that came in; null as long as there is none.</param>
public sealed record StartModel(Site Site, string? First);
