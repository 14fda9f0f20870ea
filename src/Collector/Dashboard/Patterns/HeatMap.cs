using Collector.Insights;
using Collector.Statistics;

namespace Collector.Dashboard.Patterns;

/// <summary>Touchpoints or groups beside intents: of each, which share found it difficult.</summary>
public sealed record HeatMap
{
    // As many as fit beside each other on a screen.
    private const int MostIntents = 9;

    private static readonly string?[] Everywhere = [null];

    /// <summary>The most answered intents, from left to right.</summary>
    public required IReadOnlyList<string> Intents { get; init; }

    /// <summary>The rows, the most answered first; above all the whole selection.</summary>
    public required IReadOnlyList<HeatRow> Rows { get; init; }

    /// <summary>How many touchpoints or groups have answers, those that are no row too.</summary>
    public required int Places { get; init; }

    /// <summary>How many cells were tested together.</summary>
    public required int Tested { get; init; }

    /// <summary>The map of the most answered touchpoints.</summary>
    internal static HeatMap OfTouchpoints(PatternsAnswer answer, int most, int minimumAnswers)
    {
        var places = answer.AllCells.Where(cell => cell is { Touchpoint: not null, Intent: null }).ToList();
        var names = places.OrderByDescending(cell => cell.Count.Answers).ThenBy(cell => cell.Touchpoint, StringComparer.Ordinal).Take(most).Select(cell => cell.Touchpoint!).ToHashSet(StringComparer.Ordinal);
        var cells = answer.AllCells.Where(cell => cell.Touchpoint is null || names.Contains(cell.Touchpoint))
            .ToDictionary(cell => (cell.Touchpoint, cell.Intent), cell => HeatCell.Of(cell.Test, cell.IsPattern(minimumAnswers)));
        return Of(answer, cells, answer.Tested) with { Places = places.Count };
    }

    /// <summary>The map of groups. A touchpoint counts in each of its groups, and their cells are tested together, as those of touchpoints are.</summary>
    internal static HeatMap OfGroups(PatternsAnswer answer, IReadOnlyList<GroupMembers> groups, int minimumAnswers)
    {
        var groupsOf = groups.SelectMany(group => group.Touchpoints, (group, touchpoint) => (touchpoint, group.Id)).ToLookup(member => member.touchpoint, string? (member) => member.Id);
        var counts = new Dictionary<(string? Place, string? Intent), CellCount>();
        foreach (var cell in answer.AllCells)
        {
            foreach (var place in cell.Number is { } number ? groupsOf[number] : Everywhere)
            {
                var before = counts.GetValueOrDefault((place, cell.Intent));
                counts[(place, cell.Intent)] = new CellCount(before.Answers + cell.Count.Answers, before.Difficult + cell.Count.Difficult);
            }
        }

        var tests = CellTest.Of(Whole(answer), [.. counts.Values]);
        return Of(answer, counts.Keys.Zip(tests).ToDictionary(pair => pair.First, pair => HeatCell.Of(pair.Second, TestedCell.Stands(pair.Second, minimumAnswers))), counts.Count);
    }

    private static HeatMap Of(PatternsAnswer answer, Dictionary<(string? Place, string? Intent), HeatCell> cells, int tested)
    {
        var intents = cells.Where(cell => cell.Key is { Place: null, Intent: not null })
            .OrderByDescending(cell => cell.Value.Answers).ThenBy(cell => cell.Key.Intent, StringComparer.Ordinal).Take(MostIntents).Select(cell => cell.Key.Intent!).ToList();
        var places = cells.Where(cell => cell.Key is { Place: not null, Intent: null })
            .OrderByDescending(cell => cell.Value.Answers).ThenBy(cell => cell.Key.Place, StringComparer.Ordinal).ToList();
        var whole = Whole(answer);
        return new HeatMap
        {
            Intents = intents,
            Rows = [RowOf(null, new HeatCell(whole.Answers, whole.Difficult, null)), .. places.Select(place => RowOf(place.Key.Place, place.Value))],
            Places = places.Count,
            Tested = tested,
        };

        HeatRow RowOf(string? place, HeatCell all) => new(place, all, [.. intents.Select(intent => cells.GetValueOrDefault((place, intent)))]);
    }

    private static CellCount Whole(PatternsAnswer answer) => new(answer.Answers, (long)Math.Round(answer.Answers * answer.DifficultShare.GetValueOrDefault()));
}

/// <summary>A row of the map.</summary>
/// <param name="Place">The touchpoint's name or the group's id; null for the whole selection.</param>
/// <param name="All">Over all intents, those who told none included.</param>
/// <param name="Cells">By intent, in the order of the map; null where nobody answered.</param>
public sealed record HeatRow(string? Place, HeatCell All, IReadOnlyList<HeatCell?> Cells);

/// <summary>A cell of the map.</summary>
/// <param name="Answers">How many effort scores.</param>
/// <param name="Difficult">How many of them lie on the difficult side of their scale's midpoint.</param>
/// <param name="Pattern">Whether it is harder or easier than the rest, beyond chance; null where it is neither.</param>
public sealed record HeatCell(long Answers, long Difficult, PatternDirection? Pattern)
{
    /// <summary>The share that found it difficult, 0 to 1.</summary>
    public double Share => (double)Difficult / Answers;

    internal static HeatCell Of(CellTest test, bool isPattern) =>
        new(test.Answers, test.Difficult, !isPattern ? null : test.Residual > 0 ? PatternDirection.Harder : PatternDirection.Easier);
}
