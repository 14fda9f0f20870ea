using Collector.Dashboard.Parts;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Insights;
using Collector.Sites;
using Collector.Storage;

namespace Collector.Dashboard.Journeys;

/// <summary>The stages that visitors go through, from left to right.</summary>
internal static class JourneyPage
{
    /// <summary>Maps the page.</summary>
    public static void MapJourneyPage(this RouteGroupBuilder site) => site.MapGet("/journey", GetAsync);

    private static async Task<IResult> GetAsync(
        Site site, PageContext page, Selections selections, Memberships memberships, Database database, TimeProvider time, CancellationToken cancellation)
    {
        // The API's answer says what is wrong with a filter, and which stages are peak and low.
        var result = await CesRoute.GetAsync(site, page.Filters.Query, new BreakdownQuery { By = "stage" }, selections, database, cancellation);
        if (result.ValueOf<CesAnswer>() is not { } answer)
        {
            return page.Refuse(result);
        }

        var selection = await selections.ReadAsync(page.Filters.Query, site, new FieldErrors(), cancellation);
        await using var connection = await database.ReadAsync(cancellation);
        var groups = await memberships.OfAsync(connection, site.Id, group => group is { Journey: not null, Stage: not null }, cancellation);
        var numbers = groups.SelectMany(group => group.Touchpoints).Where(number => selection.Numbers?.Contains(number) != false);
        var counts = await TouchpointsRoute.ReadAsync(connection, selection.Of(numbers), cancellation);
        var choices = await FilterChoices.ReadAsync(page, database, time, cancellation);
        return HtmlPage.Of<JourneyView, JourneyModel>(page, page.Words.Say("Journey"), new JourneyModel
        {
            Choices = choices,
            HasGroups = choices.Groups.Count > 0,
            Journeys =
            [
                .. groups.GroupBy(group => group.Journey!.Value).OrderBy(journey => journey.Key).Select(journey => new JourneyStages(
                    journey.Key,
                    [
                        .. journey.GroupBy(group => group.Stage!, StringComparer.Ordinal)
                            .OrderBy(stage => Stages.PositionOf(stage.Key)).ThenBy(stage => stage.Key, StringComparer.Ordinal)
                            .Select(stage => new StageFigure(
                                stage.Key,
                                FigureOf(stage.SelectMany(group => group.Touchpoints)),
                                [.. stage.Select(group => new GroupFigure(group.Id, NameOf(group.Id), FigureOf(group.Touchpoints).Ces))])),
                    ],
                    answer.Journeys?.FirstOrDefault(figure => figure.Journey == journey.Key))),
            ],
        });

        string NameOf(string group) => choices.Groups.FirstOrDefault(known => known.Id == group).Text ?? group;

        // A touchpoint that is in two groups of a stage counts once there.
        (CesFigure Ces, SuccessFigure? Success, FunnelFigure Funnel) FigureOf(IEnumerable<long> touchpoints)
        {
            var sum = new Counts();
            foreach (var each in touchpoints.Distinct().Select(counts.GetValueOrDefault).OfType<Counts>())
            {
                sum.Add(each);
            }

            return (CesFigure.Of(sum.Effort, site.MinimumAnswers), SuccessFigure.Of(sum.Worked, sum.Told), FunnelFigure.Of(sum.Funnel, before: default));
        }
    }
}

/// <summary>The page of journeys.</summary>
public sealed record JourneyModel
{
    /// <summary>The period and what can be filtered by.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>Whether the site has groups at all.</summary>
    public required bool HasGroups { get; init; }

    /// <summary>The journeys of which groups have stages.</summary>
    public required IReadOnlyList<JourneyStages> Journeys { get; init; }
}

/// <summary>A journey.</summary>
/// <param name="Journey">Which.</param>
/// <param name="Stages">Its stages, in order.</param>
/// <param name="Figure">Its peak and its low; null with fewer than two stages that have answers enough.</param>
public sealed record JourneyStages(Journey Journey, IReadOnlyList<StageFigure> Stages, JourneyFigure? Figure)
{
    // Of stages that are alike, one is always highest.
    private const double HighestP = 0.05;

    /// <summary>Whether its stages differ by more than chance.</summary>
    public bool Differs => Figure?.P < HighestP;
}

/// <summary>A stage.</summary>
/// <param name="Stage">Its name, as groups have it.</param>
/// <param name="Figures">Its score, how often it worked out, and how many were asked.</param>
/// <param name="Groups">The groups at it.</param>
public sealed record StageFigure(string Stage, (CesFigure Ces, SuccessFigure? Success, FunnelFigure Funnel) Figures, IReadOnlyList<GroupFigure> Groups);

/// <summary>A group at a stage.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Ces">Its score.</param>
public sealed record GroupFigure(string Id, string Name, CesFigure Ces);
