using System.Text.Json.Nodes;
using Collector.Dashboard.Parts;
using Collector.Dashboard.People;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Insights;
using Collector.Insights.Goals;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;

namespace Collector.Dashboard.Mail;

/// <summary>Writes the mails: the weekly digest, from the API's own figures, and alerts.</summary>
internal sealed class LetterWriter(Selections selections, SettledTotals settled, Database database, StopToken stop, IConfiguration configuration, TimeProvider time)
{
    private string Address => configuration["Collector:PublicAddress"]!.TrimEnd('/');

    /// <summary>The letter about something that happened.</summary>
    public Letter Alert(Site site, Person person, string data)
    {
        var words = Words.In(person.Language);
        var told = JsonNode.Parse(data)!;
        var path = (string?)told["goal"] is { } goal ? $"goals/{goal}"
            : told["cell"] is not null ? "patterns"
            : (string?)told["touchpoint"] is { } touchpoint ? $"touchpoint?name={Uri.EscapeDataString(touchpoint)}"
            : "";
        var sentence = (string)told["sentence"]!;
        return new Letter
        {
            Subject = $"{site.Name}: {sentence}",
            Lead = sentence + ".",
            Link = new Uri($"{Address}/sites/{site.Id}/{path}"),
            LinkText = words.Say("Look into it"),
            Why = words.Say("You get this because you asked for alerts of {0}.", site.Name),
            Stop = StopLink(site, person, "alert"),
            StopText = words.Say("No more of these"),
        };
    }

    /// <summary>The letter about a week.</summary>
    /// <param name="monday">Its first day.</param>
    public async Task<Letter> DigestAsync(Site site, Person person, DateOnly monday, CancellationToken cancellation)
    {
        var words = Words.In(person.Language);
        var (from, to) = (monday, monday.AddDays(6));
        var week = await CesAsync(site, from, to, cancellation);
        var before = await CesAsync(site, from.AddDays(-7), from.AddDays(-1), cancellation);
        var touchpoints = await TouchpointsRoute.GetAsync(
            site, SavedSelection.Everything.ToQuery(from, to), "ease", null, new PagingQuery { Limit = "3" }, selections, settled, database, time, cancellation);
        var goals = await GoalRoutes.ListAsync(site, new PagingQuery { Limit = "10" }, selections, database, time, cancellation);
        var days = $"{from.ToString("d MMM", words.Culture)} – {to.ToString("d MMM yyyy", words.Culture)}";
        var list = touchpoints.ValueOf<TouchpointList>();
        return new Letter
        {
            Subject = words.Say("{0}: the week of {1}", site.Name, days),
            Lead = week.Answers == 0 ? words.Say("Nobody answered in this week.") : words.Say("{0} answers, {1}.", week.Answers, ScoreOf(week, words)),
            Parts =
            [
                new(words.Say("Customer Effort Score"), [(words.Say("This week"), ScoreOf(week, words)), (words.Say("The week before"), ScoreOf(before, words))]),
                .. Of(words.Say("Hardest touchpoints"), list?.Items.Where(item => item.Ces.Answers > 0).Select(item => (NameOf(item.Touchpoint, words), ScoreOf(item.Ces, words)))),
                .. Of(words.Say("Goals"), goals.ValueOf<GoalList>()?.Items.Select(goal => (goal.Name, StandingOf(goal, words)))),
            ],
            Link = new Uri($"{Address}/sites/{site.Id}?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}"),
            LinkText = words.Say("Open the dashboard"),
            Why = words.Say("You get this every Monday because you asked for it, for {0}.", site.Name),
            Stop = StopLink(site, person, "digest"),
            StopText = words.Say("No more of these"),
        };
    }

    private Uri StopLink(Site site, Person person, string kind) => new($"{Address}/mail/stop?t={stop.Of(site.Id, person.Id, kind)}");

    private async Task<CesFigure> CesAsync(Site site, DateOnly from, DateOnly to, CancellationToken cancellation) =>
        (await CesRoute.GetAsync(site, SavedSelection.Everything.ToQuery(from, to), new BreakdownQuery(), selections, database, cancellation)).ValueOf<CesAnswer>()!.Ces;

    private static IEnumerable<Letter.Part> Of(string title, IEnumerable<(string, string)>? lines) => lines?.ToList() is { Count: > 0 } some ? [new Letter.Part(title, some)] : [];

    private static string NameOf(string touchpoint, Words words) => touchpoint == Touchpoint.Other.Name ? words.Say("Other pages") : touchpoint;

    // Every figure with its n and its interval.
    private static string ScoreOf(CesFigure ces, Words words) => ces switch
    {
        { Answers: 0 } => words.Say("no answers"),
        { Mean: { } mean, MeanInterval: { } sure, Scale: { } scale } => words.Say("{0} of {1} ({2}–{3}), n = {4}", Text(mean, words), scale.Max, Text(sure.Low, words), Text(sure.High, words), ces.Answers),
        { Mean: { } mean, Scale: { } scale } => words.Say("{0} of {1}, n = {2}", Text(mean, words), scale.Max, ces.Answers),
        _ => words.Say("{0} of {1}, n = {2}", ces.Index!.Value.ToString("F0", words.Culture), 100, ces.Answers),
    };

    private static string StandingOf(GoalAnswer goal, Words words)
    {
        var status = words.Say(goal.Standing!.Status switch
        {
            Statistics.GoalStatus.Met => Words.Text("Met"),
            Statistics.GoalStatus.Missed => Words.Text("Missed"),
            Statistics.GoalStatus.OnTrack => Words.Text("On track"),
            _ => Words.Text("At risk"),
        });
        return goal.Standing.Value is { } value ? $"{status}: {GoalUnit.Format(goal.Metric, value, words.Culture)} / {GoalUnit.Format(goal.Metric, goal.Target, words.Culture)}" : status;
    }

    private static string Text(double number, Words words) => number.ToString("F2", words.Culture);
}
