using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Surveys;

/// <summary>A new survey: the standard one, an empty one, or a copy. It is a draft until somebody makes it live.</summary>
internal static class NewSurveyRoute
{
    /// <summary>Maps the page.</summary>
    public static void MapNewSurvey(this RouteGroupBuilder site)
    {
        site.MapGet("/surveys/new", GetAsync);
        site.MapPost("/surveys/new", PostAsync);
    }

    private static Task<IResult> GetAsync(Site site, [FromQuery] string? copy, PageContext page, Database database, CancellationToken cancellation) =>
        PageAsync(site, new NewSurveyForm { From = copy is null ? "standard" : $"copy {copy}", Id = copy is null ? "" : $"{copy}-2" }, new Dictionary<string, string[]>(), page, database, cancellation);

    private static async Task<IResult> PostAsync(
        Site site, [FromForm] NewSurveyForm form, PageContext page, Database database, SurveyChanges changes, CancellationToken cancellation)
    {
        var basis = await BasisAsync(site, form.From, database, cancellation);
        var made = await SurveyRoutes.CreateAsync(site, basis with { Id = form.Id?.Trim() ?? "" }, changes, page.Audit, cancellation);
        return made.ValueOf<SurveyAnswer>() is { } survey
            ? Notice.ThenGo(page, page.Words.Say("{0} is made, as a draft.", survey.Id), $"{page.SitePath}/surveys/{survey.Id}")
            : await PageAsync(site, form, made.ErrorsOf(), page, database, cancellation);
    }

    private static async Task<NewSurvey> BasisAsync(Site site, string? from, Database database, CancellationToken cancellation)
    {
        if (from?.StartsWith("copy ", StringComparison.Ordinal) == true
            && (await SurveyRoutes.GetAsync(site, from["copy ".Length..], database, cancellation)).ValueOf<SurveyAnswer>() is { } copied)
        {
            // By way of the form, which is how a survey becomes a draft again.
            var form = FormOfSurvey.Of(copied.Definition(), site);
            var draft = new DraftOfForm(form, site, new FieldErrors()).Read();
            return new NewSurvey { Priority = draft.Priority, Where = draft.Where, Show = draft.Show, Often = draft.Often, Questions = draft.Questions, Labels = draft.Labels };
        }

        string[] standard = from == "single" ? ["single-ease"] : from == "nps" ? ["nps"] : from == "csat" ? ["csat"] : ["single-ease", "intent", "success", "reason"];
        return new NewSurvey
        {
            Show = new ShowRule { AfterSeconds = 3 },
            Questions = [.. standard.Select(name => new QuestionDraft
            {
                Standard = name,
                When = name == "reason" ? [new Condition("effort", Below: 4), new Condition("success", Not: "yes")] : null,
            })],
        };
    }

    private static async Task<IResult> PageAsync(
        Site site, NewSurveyForm form, IReadOnlyDictionary<string, string[]> errors, PageContext page, Database database, CancellationToken cancellation)
    {
        var surveys = (await SurveyRoutes.ListAsync(site, new PagingQuery { Limit = "500" }, database, cancellation)).ValueOf<SurveyList>()!.Items;
        return HtmlPage.Of<NewSurveyView, NewSurveyModel>(
            page, page.Words.Say("New survey"), new NewSurveyModel(form, [.. surveys.Select(survey => survey.Id)], errors), errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>What the form of a new survey sends.</summary>
public sealed record NewSurveyForm
{
    /// <summary>Its name.</summary>
    public string? Id { get; init; }

    /// <summary>What it begins with: <c>standard</c>, <c>single</c>, <c>nps</c>, <c>csat</c>, or <c>copy</c> and the name of a survey.</summary>
    public string? From { get; init; }
}

/// <summary>The form of a new survey.</summary>
/// <param name="Form">What stands in it.</param>
/// <param name="Surveys">The surveys that can be copied.</param>
/// <param name="Errors">What is wrong, by field.</param>
public sealed record NewSurveyModel(NewSurveyForm Form, IReadOnlyList<string> Surveys, IReadOnlyDictionary<string, string[]> Errors);
