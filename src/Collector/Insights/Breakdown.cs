using System.Data.Common;
using System.Globalization;
using Collector.Feedback;

namespace Collector.Insights;

/// <summary>How a figure is broken down into parts.</summary>
/// <param name="Column">The column of the cells, or of their touchpoint, that tells the parts; it is the first of a row.</param>
/// <param name="KeysOf">The parts that a row belongs to, by key: mostly one, of groups several. An empty key is that of visitors who did not tell.</param>
/// <param name="Order">The order of the parts.</param>
internal sealed record Breakdown(string Column, Func<DbDataReader, IReadOnlyList<string>> KeysOf, IComparer<string> Order)
{
    /// <summary>What figures can be broken down by.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["day", "week", "month", "touchpoint", "group", "stage", "intent", "success", "device", "language", "survey"];

    private static readonly string[] Nowhere = [""];

    /// <summary>What the column needs beside the cells.</summary>
    public string Join { get; private init; } = "";

    /// <summary>What the column tells apart.</summary>
    public Detail Detail { get; private init; }

    /// <summary>Whether a part joins several touchpoints, whose numbers the column has.</summary>
    public bool JoinsTouchpoints { get; private init; }

    /// <summary>The parts of journeys, in order; null where parts are of none.</summary>
    public IReadOnlyList<JourneyStep>? Journeys { get; private init; }

    /// <summary>The whole in one part.</summary>
    public static Breakdown None { get; } = ByText("''");

    /// <summary>The breakdown of this name.</summary>
    /// <param name="by">One of <see cref="Names"/>, or null.</param>
    /// <param name="groups">The groups of the site, where they are needed.</param>
    public static Breakdown By(string? by, IReadOnlyList<GroupMembers> groups) => by switch
    {
        null => None,
        "day" or "week" or "month" => ByDay(day => KeyOf(by, day)),
        "touchpoint" => ByText("touchpoints.name") with { Detail = Detail.Touchpoint, Join = "join touchpoints on touchpoints.site = @Site and touchpoints.number = cells.touchpoint" },
        "group" => ByGroup(groups, group => group.Id, StringComparer.Ordinal),
        "stage" => ByGroup(groups, group => group.Stage, Comparer<string>.Create(CompareStages)),
        "intent" => ByText("cells.intent") with { Detail = Detail.Intent },
        "success" or "device" or "language" or "survey" => ByText($"cells.{by}") with { Detail = Detail.Other },
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, null),
    };

    /// <summary>The key of the day, week or month that a day belongs to.</summary>
    public static string KeyOf(string by, DateOnly day) => by switch
    {
        "day" => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "week" => WeekOf(day),
        _ => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
    };

    private static Breakdown ByText(string column) => new(column, row => [row.GetString(0)], StringComparer.Ordinal);

    private static Breakdown ByDay(Func<DateOnly, string> name) => new("cells.day", row => [name(DayNumber.ToDay(row.GetInt32(0)))], StringComparer.Ordinal) { Detail = Detail.Day };

    private static Breakdown ByGroup(IReadOnlyList<GroupMembers> groups, Func<GroupMembers, string?> name, IComparer<string> order)
    {
        // Two groups at one stage count once there.
        var keys = groups
            .Where(group => name(group) is not null)
            .SelectMany(group => group.Touchpoints.Select(touchpoint => (Touchpoint: touchpoint, Key: name(group)!)))
            .Distinct()
            .GroupBy(member => member.Touchpoint, member => member.Key)
            .ToDictionary(touchpoint => touchpoint.Key, touchpoint => touchpoint.ToArray());
        return new Breakdown("cells.touchpoint", row => keys.GetValueOrDefault(row.GetInt64(0), Nowhere), order)
        {
            Detail = Detail.Touchpoint,
            JoinsTouchpoints = true,
            Journeys = [.. groups
                .Where(group => group.Journey is not null && name(group) is not null)
                .GroupBy(group => (Journey: group.Journey!.Value, Key: name(group)!))
                .OrderBy(step => step.Key.Key, order)
                .Select(step => new JourneyStep(step.Key.Journey, step.Key.Key, [.. step.SelectMany(group => group.Touchpoints).Distinct()]))],
        };
    }

    // The week belongs to the year in which most of its days are.
    private static string WeekOf(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(day):0000}-W{ISOWeek.GetWeekOfYear(day):00}");

    private static int CompareStages(string one, string other)
    {
        var byPosition = PositionOf(one).CompareTo(PositionOf(other));
        return byPosition != 0 ? byPosition : string.CompareOrdinal(one, other);

        static int PositionOf(string stage) => stage.Length == 0 ? -1 : Stages.PositionOf(stage);
    }
}
