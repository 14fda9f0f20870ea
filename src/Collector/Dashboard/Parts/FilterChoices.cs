using System.Globalization;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Insights;
using Collector.Storage;
using Dapper;

namespace Collector.Dashboard.Parts;

/// <summary>What the filters of a site can be set to, with its names.</summary>
public sealed record FilterChoices
{
    /// <summary>The site's day of today.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The first day that is shown.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day that is shown.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Intents, by the words of the surveys.</summary>
    public required IReadOnlyList<(string Id, string Text)> Intents { get; init; }

    /// <summary>Groups.</summary>
    public required IReadOnlyList<(string Id, string Text)> Groups { get; init; }

    /// <summary>Languages of the site's surveys.</summary>
    public required IReadOnlyList<(string Id, string Text)> Languages { get; init; }

    /// <summary>Surveys.</summary>
    public required IReadOnlyList<(string Id, string Text)> Surveys { get; init; }

    /// <summary>What an intent is called; its name where no survey says.</summary>
    public string IntentName(string intent) => Intents.FirstOrDefault(known => known.Id == intent).Text ?? intent;

    /// <summary>Reads them.</summary>
    public static async Task<FilterChoices> ReadAsync(PageContext page, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var site = page.Site!;
        await using var connection = await database.ReadAsync(cancellation);
        var today = site.DayOf(time.GetUtcNow());
        var selection = Selection.Read(page.Filters.Query, site, time.GetUtcNow(), new FieldErrors());
        var surveys = await LatestSurveys.ReadAsync(connection, site.Id, cancellation);
        var groups = await connection.QueryAsync<(string Id, string Name)>(new CommandDefinition(
            "select id, name from groups where site = @Id order by name, id", new { site.Id }, cancellationToken: cancellation));
        return new FilterChoices
        {
            Today = today,
            From = selection.From,
            To = selection.To,
            Intents =
            [
                .. surveys.SelectMany(survey => survey.Questions).Where(question => question.Type == QuestionType.Intent).SelectMany(question => question.Choices ?? [])
                    .DistinctBy(choice => choice.Id).Select(choice => (choice.Id, SurveyLanguage.In(choice.Text, page.Words.Language))),
            ],
            Groups = [.. groups.Select(group => (group.Id, group.Name))],
            Languages = [.. site.Languages.Select(language => (language, NameOf(language, page)))],
            Surveys = [.. surveys.Select(survey => (survey.Id, survey.Id))],
        };
    }

    /// <summary>What a language is called.</summary>
    internal static string NameOf(string language, PageContext page)
    {
        try
        {
            return page.Words.Language == "en" ? CultureInfo.GetCultureInfo(language).EnglishName : CultureInfo.GetCultureInfo(language).NativeName;
        }
        catch (CultureNotFoundException)
        {
            return language;
        }
    }
}
