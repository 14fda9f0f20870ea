using System.Text.Json;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;

namespace Collector.Dashboard.Surveys;

/// <summary>A survey as visitors get it, in a frame of the editor: a version that is stored, or what stands in the form.</summary>
internal static class PreviewRoutes
{
    /// <summary>Maps the page of a stored version.</summary>
    public static void MapSurveyPreview(this RouteGroupBuilder site) => site.MapGet("/surveys/{id}/preview", ShowAsync);

    /// <summary>Shows what stands in the form. A question that is not complete yet is left out.</summary>
    public static IResult ShowFormAsync(Site site, string id, IFormCollection sent, PageContext page)
    {
        var errors = new FieldErrors();
        var draft = new DraftOfForm(SurveyForm.Of(sent), site, errors).Read();
        var survey = SurveyChanges.Check(draft, SurveyChanges.Blank(site, id), site, errors);
        var missing = (draft.Questions?.Count ?? 0) - survey.Questions.Count;
        return Of(site, survey, sent["preview-language"], page, missing);
    }

    private static async Task<IResult> ShowAsync(Site site, string id, int? version, string? language, PageContext page, Database database, CancellationToken cancellation)
    {
        var found = await SurveyRoutes.GetAsync(site, id, database, cancellation);
        if (found.ValueOf<SurveyAnswer>() is not { } survey)
        {
            return page.Refuse(found);
        }

        var read = await SurveyRoutes.GetVersionAsync(site, id, version ?? survey.Version, database, cancellation);
        return read.ValueOf<Survey>() is { } definition ? Of(site, definition, language, page, missing: 0) : page.Refuse(read);
    }

    private static PreviewHtml Of(Site site, Survey survey, string? wanted, PageContext page, int missing)
    {
        var language = wanted is { Length: > 0 } ? wanted : site.Languages[0];
        var settings = survey.Questions.Count == 0 ? null : WidgetSettings.ForPreview(site.Key, site.Appearance, site.Languages, survey);

        // A survey is asked in the languages in which all its questions have texts.
        var spoken = settings is null ? language : SurveyLanguage.Choose([.. settings.Surveys[0].Questions[0].Text.Keys], [language]);
        return new PreviewHtml(new PreviewModel
        {
            Page = page,
            Survey = survey.Id,
            Language = language,
            Settings = settings is null ? null : JsonSerializer.Serialize(settings, SurveysJson.Default.WidgetSettings),
            Notes =
            [
                .. settings is null ? new[] { page.Words.Say("There is no question to show yet.") } : [],
                .. missing > 0 && settings is not null ? new[] { page.Words.Say(missing == 1 ? "One question is not complete yet, and is left out." : "{0} questions are not complete yet, and are left out.", missing) } : [],
                .. LanguageTag.Primary(spoken) == LanguageTag.Primary(language) ? [] : new[] { page.Words.Say("Not every question has a text in this language, so these visitors get another one.") },
            ],
        });
    }
}

/// <summary>A preview.</summary>
public sealed record PreviewModel
{
    /// <summary>Who looks at it.</summary>
    public required PageContext Page { get; init; }

    /// <summary>The survey.</summary>
    public required string Survey { get; init; }

    /// <summary>The language of the visitor.</summary>
    public required string Language { get; init; }

    /// <summary>The widget's settings; null when there is nothing to show.</summary>
    public required string? Settings { get; init; }

    /// <summary>What to know about what is shown.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
