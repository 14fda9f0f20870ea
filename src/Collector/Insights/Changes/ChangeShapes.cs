using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Statistics;

namespace Collector.Insights.Changes;

/// <summary>A change to be noted.</summary>
public sealed record NewChange : ChangeRequest
{
    /// <summary>What was done, in a few words; 1 to 200 characters.</summary>
    [Required]
    public override string? Title { get; init; }

    /// <summary>The day on which it was done, in the site's time zone; from 2000 to 2099. It may lie ahead.</summary>
    [Required, JsonPropertyName("date")]
    public override DateOnly? Day { get; init; }
}

/// <summary>What of a change's note is to change. What is left out stays as it is.</summary>
public record ChangeRequest
{
    /// <summary>What was done, in a few words; 1 to 200 characters.</summary>
    public virtual string? Title { get; init; }

    /// <summary>More about it; at most 5,000 characters. An empty text takes it away.</summary>
    public string? Note { get; init; }

    /// <summary>The day on which it was done, in the site's time zone; from 2000 to 2099. It may lie ahead.</summary>
    [JsonPropertyName("date")]
    public virtual DateOnly? Day { get; init; }

    /// <summary>How many days before it are compared with as many after it; 1 to 366, default 28.</summary>
    [Range(1, 366)]
    public int? Days { get; init; }

    /// <summary>Which responses it was to change; it is replaced as a whole. By default all of the site.</summary>
    public SavedSelection? Selection { get; init; }

    /// <summary>
    /// Similar responses that it was not to change: what happened to them over the same days would have happened anyway, and is taken off. It is replaced as a
    /// whole; an empty one, the default, is none.
    /// </summary>
    public SavedSelection? Control { get; init; }
}

/// <summary>A note of what was done to improve a site, and what it did.</summary>
public sealed record ChangeAnswer
{
    /// <summary>Its name in routes.</summary>
    public required string Id { get; init; }

    /// <summary>What was done.</summary>
    public required string Title { get; init; }

    /// <summary>More about it.</summary>
    public required string Note { get; init; }

    /// <summary>The day on which it was done. It belongs to neither window.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>How many days each window has.</summary>
    public required int Days { get; init; }

    /// <summary>Which responses it was to change.</summary>
    public required SavedSelection Selection { get; init; }

    /// <summary>Similar responses that it was not to change, if such were named.</summary>
    public required SavedSelection? Control { get; init; }

    /// <summary>The days before it.</summary>
    public required DayRange Before { get; init; }

    /// <summary>The days after it. When the last of them is over, the effect is told.</summary>
    public required DayRange After { get; init; }

    /// <summary>When it was noted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it did. Left out in lists, and in the replies to writes, which a key without the scope <c>read</c> may make.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EffectFigure? Effect { get; init; }
}

/// <summary>Some days.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day, included.</param>
public sealed record DayRange(DateOnly From, DateOnly To);

/// <summary>What a change did, by formula <c>change-1</c>. All but the verdict is null while it is too early: nobody is to peek.</summary>
public sealed record EffectFigure
{
    /// <summary>
    /// <c>improved</c> or <c>worse</c> when the bounded interval of the effect lies above or below 0; <c>no detectable effect</c> when it holds 0, or one side has too
    /// few answers for an interval; <c>too early</c> until the last day after the change is over.
    /// </summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The effect that the verdict is about, in points of the scale, above 0 where it became easier: that beyond the control if there is one, otherwise the plain difference.</summary>
    public MeanDifference? Effect { get; init; }

    /// <summary>The scale that is compared. Where answers are on several, it is the one with the most on its smaller side, and the others are left out.</summary>
    public Scale? Scale { get; init; }

    /// <summary>The Customer Effort Score of the days before.</summary>
    public CesFigure? Before { get; init; }

    /// <summary>The Customer Effort Score of the days after.</summary>
    public CesFigure? After { get; init; }

    /// <summary>The mean ease after less that before.</summary>
    public MeanDifference? Difference { get; init; }

    /// <summary>Whether answers after tend to be easier than those before, by their ranks (Mann and Whitney): a second opinion, not the verdict.</summary>
    public MannWhitney? Ranks { get; init; }

    /// <summary>The control over the same days, if there is one.</summary>
    public ControlFigure? Control { get; init; }

    /// <summary>The difference in differences: the difference less that of the control, on the same scale.</summary>
    public MeanDifference? BeyondControl { get; init; }

    /// <summary>The formula's name.</summary>
    public required string Formula { get; init; }
}

/// <summary>What the control was like.</summary>
/// <param name="Before">Its Customer Effort Score of the days before.</param>
/// <param name="After">Its Customer Effort Score of the days after.</param>
public sealed record ControlFigure(CesFigure Before, CesFigure After);

/// <summary>Changes, the latest first.</summary>
/// <param name="Items">This page of them.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record ChangeList(IReadOnlyList<ChangeAnswer> Items, string? Next);
