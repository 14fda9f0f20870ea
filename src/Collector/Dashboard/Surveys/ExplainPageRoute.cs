using Collector.Dashboard.Shell;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Collector.Dashboard.Surveys;

/// <summary>Who would see which survey, and why.</summary>
internal static class ExplainPageRoute
{
    /// <summary>Maps the page.</summary>
    public static void MapExplainPage(this RouteGroupBuilder site) => site.MapGet("/surveys/explain", GetAsync);

    private static async Task<IResult> GetAsync(Site site, [AsParameters] ExplainForm form, PageContext page, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var surveys = (await SurveyRoutes.ListAsync(site, new PagingQuery { Limit = "500" }, database, cancellation)).ValueOf<SurveyList>()!.Items;
        var model = new ExplainModel
        {
            Form = form,
            Surveys = surveys.ToDictionary(survey => survey.Id),
            Groups = await SurveyListRoutes.GroupsAsync(site, database, cancellation),
            Languages = site.Languages,
            QuietDays = site.QuietDays,
        };
        if (string.IsNullOrWhiteSpace(form.Page))
        {
            return HtmlPage.Of<ExplainView, ExplainModel>(page, page.Words.Say("Who would see this?"), model);
        }

        var asked = form.Asked();
        var explained = await ExplainRoute.ForAsync(site, form.Query(), new QueryCollection(asked.ToDictionary(pair => pair.Key, pair => new StringValues(pair.Value))), database, time, cancellation);
        var errors = explained.ErrorsOf();
        model = model with
        {
            Explanation = explained.ValueOf<Explanation>(),
            Errors = errors,
            Api = $"/v1{page.SitePath}/explain{QueryString.Create(asked.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))}",
        };
        return HtmlPage.Of<ExplainView, ExplainModel>(
            page, page.Words.Say("Who would see this?"), model, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>A visitor, as the form describes one.</summary>
public sealed record ExplainForm
{
    /// <summary>The page's address.</summary>
    [FromQuery(Name = "page")]
    public string? Page { get; init; }

    /// <summary>What it is looked at with.</summary>
    [FromQuery(Name = "device")]
    public string? Device { get; init; }

    /// <summary>The visitor's language.</summary>
    [FromQuery(Name = "language")]
    public string? Language { get; init; }

    /// <summary>Pages of the visit.</summary>
    [FromQuery(Name = "pages")]
    public string? Pages { get; init; }

    /// <summary>The visit's lot, 0 to 100.</summary>
    [FromQuery(Name = "lot")]
    public string? Lot { get; init; }

    /// <summary>What the page says of the visit: <c>segment = business</c>.</summary>
    [FromQuery(Name = "tags")]
    public string? Tags { get; init; }

    /// <summary>The survey that has shown in the visit.</summary>
    [FromQuery(Name = "shown")]
    public string? Shown { get; init; }

    /// <summary>The survey that the visitor answered.</summary>
    [FromQuery(Name = "answered")]
    public string? Answered { get; init; }

    /// <summary>How many days ago.</summary>
    [FromQuery(Name = "answeredDays")]
    public string? AnsweredDays { get; init; }

    /// <summary>The survey that the visitor closed.</summary>
    [FromQuery(Name = "closed")]
    public string? Closed { get; init; }

    /// <summary>How many days ago.</summary>
    [FromQuery(Name = "closedDays")]
    public string? ClosedDays { get; init; }

    /// <summary>Whether the browser asks not to be followed.</summary>
    [FromQuery(Name = "privacy")]
    public string? Privacy { get; init; }

    /// <summary>What the API is asked: what is left empty is left out.</summary>
    internal IReadOnlyDictionary<string, string> Asked()
    {
        var asked = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("page", Page?.Contains("://", StringComparison.Ordinal) == true ? Page : $"https://{Page}");
        Add("device", Device);
        Add("language", Language);
        Add("pagesInVisit", Pages);
        Add("roll", Lot is { Length: > 0 } && double.TryParse(Lot, System.Globalization.CultureInfo.InvariantCulture, out var lot) ? (lot / 100).ToString(System.Globalization.CultureInfo.InvariantCulture) : Lot);
        Add("privacySignal", Privacy == "true" ? "true" : null);
        Add("shownThisVisit", Shown);
        foreach (var tag in (Tags ?? "").Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Add($"tag.{tag.Split('=')[0].Trim()}", tag.Split('=', 2)[^1].Trim());
        }

        AddDays("daysSinceAnswer", Answered, AnsweredDays);
        AddDays("daysSinceDismissal", Closed, ClosedDays);
        return asked;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                asked[name] = value.Trim();
            }
        }

        void AddDays(string name, string? survey, string? days)
        {
            if (!string.IsNullOrWhiteSpace(survey))
            {
                Add($"{name}.{survey}", string.IsNullOrWhiteSpace(days) ? "0" : days);
            }
        }
    }

    /// <summary>The same, as the API's route takes it.</summary>
    internal ExplainQuery Query()
    {
        var asked = Asked();
        return new ExplainQuery
        {
            Page = asked.GetValueOrDefault("page"),
            Device = asked.GetValueOrDefault("device"),
            Language = asked.GetValueOrDefault("language"),
            PagesInVisit = asked.GetValueOrDefault("pagesInVisit"),
            Roll = asked.GetValueOrDefault("roll"),
            PrivacySignal = asked.GetValueOrDefault("privacySignal"),
            ShownThisVisit = asked.GetValueOrDefault("shownThisVisit"),
        };
    }
}

/// <summary>Who would see which survey.</summary>
public sealed record ExplainModel
{
    /// <summary>What stands in the form.</summary>
    public required ExplainForm Form { get; init; }

    /// <summary>The site's surveys, by id.</summary>
    public required IReadOnlyDictionary<string, SurveyAnswer> Surveys { get; init; }

    /// <summary>The names of groups, by id.</summary>
    public required IReadOnlyDictionary<string, string> Groups { get; init; }

    /// <summary>The site's languages.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Days without any survey after one was answered or closed.</summary>
    public required int QuietDays { get; init; }

    /// <summary>What was found; null before somebody asked.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>What is wrong with the form, by the API's names.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The call that gives the same.</summary>
    public string Api { get; init; } = "";
}
