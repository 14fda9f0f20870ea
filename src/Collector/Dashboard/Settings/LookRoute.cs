using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Settings;

/// <summary>How surveys look, and how they speak.</summary>
internal static class LookRoute
{
    private const string Path = "/settings/appearance";

    /// <summary>Maps the page.</summary>
    public static void MapLook(this RouteGroupBuilder owners)
    {
        owners.MapGet(Path, (Site site, PageContext page) => Show(page, LookForm.Of(site), EmptyErrors));
        owners.MapPost(Path, SaveAsync);
    }

    private static Dictionary<string, string[]> EmptyErrors { get; } = [];

    private static async Task<IResult> SaveAsync([FromForm] LookForm form, Site site, PageContext page, SiteSaving saving, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var wrong = await saving.SaveAsync(site, form.Read(errors), errors, audit, cancellation);
        return wrong.Count == 0 ? SiteSaving.Saved(page) : Show(page, form, wrong);
    }

    private static HtmlPage Show(PageContext page, LookForm form, IReadOnlyDictionary<string, string[]> errors) => HtmlPage.Of<LookView, LookModel>(
        page, page.Words.Say("Appearance"), new LookModel(form, errors), errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}

/// <summary>The page.</summary>
public sealed record LookModel(LookForm Form, IReadOnlyDictionary<string, string[]> Errors) : IFormModel;
