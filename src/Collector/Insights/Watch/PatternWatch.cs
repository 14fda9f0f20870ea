using System.Data.Common;
using System.Text.Json;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;

namespace Collector.Insights.Watch;

/// <summary>Looks which patterns stand in the last 28 whole days of a site, and were none lately.</summary>
internal static class PatternWatch
{
    private const int Days = 28;

    public static async Task<(List<(string Kind, string Name, string Value)> Seen, List<News> News)> LookAsync(
        DbConnection connection, Database database, Selections selections, Site site, Watched watched, DateOnly yesterday, CancellationToken cancellation)
    {
        var (seen, news) = (new List<(string Kind, string Name, string Value)>(), new List<News>());
        var table = new PatternTable();
        if (await SavedSelection.Everything.OverAsync(yesterday.AddDays(1 - Days), yesterday, site, selections, cancellation) is { } selection)
        {
            await foreach (var counts in TouchpointIntent.ReadAsync(database, selection, cancellation))
            {
                table.Add(counts);
            }
        }

        var language = SentenceLanguage.Of(site.Languages);
        var words = await IntentWords.ReadAsync(connection, site.Id, language, cancellation);
        foreach (var cell in table.Test().Where(cell => cell.IsPattern(site.MinimumAnswers)))
        {
            var direction = PatternFigure.DirectionOf(cell);
            var name = $"{direction} {cell.Intent}@{cell.Touchpoint}";
            seen.Add((Watched.Pattern, name, ""));
            if (watched.Of(Watched.Pattern, name, since: DayNumber.Of(yesterday) - Days) is null)
            {
                var found = new PatternFound
                {
                    Site = site.Id,
                    Touchpoint = cell.Touchpoint,
                    Intent = cell.Intent,
                    Direction = direction,
                    Cell = PatternCell.Of(cell),
                    Sentence = PatternSentence.Of(cell, cell.Intent is { } intent ? words.Of(intent) : null, language),
                };
                news.Add(new News(EventTypes.PatternFound, name, JsonSerializer.Serialize(found, InsightsJson.Default.PatternFound)));
            }
        }

        return (seen, news);
    }
}
