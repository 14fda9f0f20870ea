using Collector.Dashboard.Shell;
using Collector.Dashboard.Start;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Settings;

/// <summary>What the site is called, where its answers come from, and its script tag.</summary>
internal static class GeneralRoute
{
    /// <summary>Maps what changes it.</summary>
    public static void MapGeneral(this RouteGroupBuilder owners)
    {
        owners.MapPost("/settings", SaveAsync);
        owners.MapPost("/settings/remove", RemoveAsync);
    }

    /// <summary>The page.</summary>
    public static IResult Get(Site site, PageContext page) => Show(site, page, GeneralForm.Of(site), EmptyErrors);

    private static Dictionary<string, string[]> EmptyErrors { get; } = [];

    private static async Task<IResult> SaveAsync([FromForm] GeneralForm form, Site site, PageContext page, SiteSaving saving, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var wrong = await saving.SaveAsync(site, form.Read(errors), errors, audit, cancellation);
        return wrong.Count == 0 ? SiteSaving.Saved(page) : Show(site, page, form, wrong);
    }

    // Who types its name knows which one it is.
    private static async Task<IResult> RemoveAsync(
        [FromForm] string? called, Site site, PageContext page, Database database, SiteDirectory directory, WidgetFiles files, TimeProvider time, ILogger<SiteRemoval> logger, Audit audit, CancellationToken cancellation)
    {
        if (called?.Trim() != site.Name)
        {
            return Show(site, page, GeneralForm.Of(site), new Dictionary<string, string[]>(StringComparer.Ordinal) { ["/called"] = ["That is not the site's name."] });
        }

        await SiteRoutes.DeleteAsync(site, database, directory, files, time, logger, audit, cancellation);
        return Notice.ThenGo(page, page.Words.Say("The site {0} was removed, with all its answers.", site.Name), "/sites");
    }

    private static HtmlPage Show(Site site, PageContext page, GeneralForm form, IReadOnlyDictionary<string, string[]> errors) => HtmlPage.Of<GeneralView, GeneralModel>(
        page, page.Words.Say("Settings"), new GeneralModel(form, SiteRoutes.Read(site).Value!, errors), errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}

/// <summary>What the form sends.</summary>
public sealed record GeneralForm
{
    /// <summary>What people call the site.</summary>
    public string? Name { get; init; }

    /// <summary>Where its days begin and end.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The allowed origins, one a line.</summary>
    public string? AllowedOrigins { get; init; }

    /// <summary>The languages, with commas between.</summary>
    public string? Languages { get; init; }

    /// <summary>So many answers are enough.</summary>
    public string? MinimumAnswers { get; init; }

    /// <summary>So many touchpoints get figures of their own.</summary>
    public string? MaximumTouchpoints { get; init; }

    /// <summary>Whether identifiers collapse.</summary>
    public bool CollapseIdentifiers { get; init; }

    /// <summary>The origins as the API takes them.</summary>
    public IReadOnlyList<string> Origins => [.. Written.Lines(AllowedOrigins).Select(NewSiteForm.OriginOf).Distinct(StringComparer.Ordinal)];

    internal static GeneralForm Of(Site site) => new()
    {
        Name = site.Name,
        TimeZone = site.TimeZone.Id,
        AllowedOrigins = string.Join('\n', site.AllowedOrigins),
        Languages = string.Join(", ", site.Languages),
        MinimumAnswers = Written.Of(site.MinimumAnswers),
        MaximumTouchpoints = Written.Of(site.MaximumTouchpoints),
        CollapseIdentifiers = site.CollapseIdentifiers,
    };

    internal SiteChange Read(FieldErrors errors) => new()
    {
        Name = Name?.Trim() ?? "",
        TimeZone = TimeZone,
        AllowedOrigins = Origins,
        Languages = Written.List(Languages),
        MinimumAnswers = Written.Whole(MinimumAnswers, "/minimumAnswers", errors),
        MaximumTouchpoints = Written.Whole(MaximumTouchpoints, "/maximumTouchpoints", errors),
        CollapseIdentifiers = CollapseIdentifiers,
    };
}

/// <summary>The page.</summary>
public sealed record GeneralModel(GeneralForm Form, SiteAnswer Site, IReadOnlyDictionary<string, string[]> Errors) : IFormModel;
