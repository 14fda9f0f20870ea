using System.Data.Common;
using System.Text.Json;
using Collector.Insights.Goals;
using Collector.Sites;
using Collector.Statistics;

namespace Collector.Insights.Watch;

/// <summary>Looks how each goal of a site stands, beside how it stood.</summary>
internal static class GoalWatch
{
    public static async Task<(List<(string Kind, string Name, string Value)> Seen, List<News> News)> LookAsync(
        DbConnection connection, Selections selections, Site site, Watched watched, DateTimeOffset now, CancellationToken cancellation)
    {
        var (seen, news) = (new List<(string Kind, string Name, string Value)>(), new List<News>());
        foreach (var goal in await GoalRows.ListAsync(connection, site.Id, "", GoalRoutes.MostGoals, cancellation))
        {
            var standing = await GoalReading.ReadAsync(connection, selections, site, goal, now, cancellation);
            seen.Add((Watched.Goal, goal.Id, standing.Status.ToString()));
            if (watched.Of(Watched.Goal, goal.Id) is { } known && Enum.Parse<GoalStatus>(known) is var before && before != standing.Status)
            {
                news.Add(new News(EventTypes.GoalStatusChanged, goal.Id, JsonSerializer.Serialize(Tell(site, goal, before, standing), InsightsJson.Default.GoalStatusChanged)));
            }
        }

        return (seen, news);
    }

    private static GoalStatusChanged Tell(Site site, GoalRow goal, GoalStatus before, GoalFigure standing) => new()
    {
        Site = site.Id,
        Goal = goal.Id,
        Name = goal.Name,
        Metric = goal.Measures,
        Before = before,
        Status = standing.Status,
        Value = standing.Value,
        Interval = standing.Interval,
        Target = goal.Target,
        Date = goal.Date,
        Sentence = SentenceOf(goal, standing, SentenceLanguage.Of(site.Languages)),
    };

    private static string SentenceOf(GoalRow goal, GoalFigure standing, SentenceLanguage language)
    {
        var (value, target) = (Write(standing.Value), Write(goal.Target));
        return standing.Status switch
        {
            GoalStatus.Met => language.Say($"The goal “{goal.Name}” is met: {value}, where {target} was wanted", $"Het streefdoel “{goal.Name}” is gehaald: {value}, waar {target} gewenst was"),
            GoalStatus.Missed => language.Say($"The goal “{goal.Name}” is missed: {value} of {target}", $"Het streefdoel “{goal.Name}” is niet gehaald: {value} van {target}"),
            GoalStatus.OnTrack => language.Say($"The goal “{goal.Name}” is on track: {value} of {target}", $"Het streefdoel “{goal.Name}” ligt op koers: {value} van {target}"),
            _ => language.Say($"The goal “{goal.Name}” is at risk: {value} of {target}", $"Het streefdoel “{goal.Name}” is in gevaar: {value} van {target}"),
        };

        string Write(double? figure) => figure is not { } number ? "–"
            : goal.Measures is GoalMetric.Easy or GoalMetric.Success ? SentenceLanguage.Percent(number)
            : goal.Measures == GoalMetric.Ces ? language.Say($"{number:0.00}", $"{number:0.00}")
            : language.Say($"{number:0.0}", $"{number:0.0}");
    }
}
