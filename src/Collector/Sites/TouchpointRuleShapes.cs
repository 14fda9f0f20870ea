using System.ComponentModel.DataAnnotations;

namespace Collector.Sites;

/// <summary>A rule to be made.</summary>
public sealed record NewTouchpointRule : TouchpointRuleRequest
{
    /// <summary>The pages it is about; see the rule's <c>pattern</c>. 1 to 500 characters.</summary>
    [Required]
    public override string? Pattern { get; init; }
}

/// <summary>What a rule is to say. What is left out stays as it is.</summary>
public record TouchpointRuleRequest
{
    /// <summary>
    /// The pages it is about: a path in which <c>*</c> stands for one segment and <c>**</c> for any number of them, none included; with a host
    /// before it, only pages of that host. 1 to 500 characters, at most 60 segments.
    /// </summary>
    public virtual string? Pattern { get; init; }

    /// <summary>The query parameters that tell its pages apart: at most 10 names of 1 to 100 characters. None, the default, makes all its pages one touchpoint.</summary>
    public IReadOnlyList<string>? KeepParameters { get; init; }

    /// <summary>Where it stands: 1 is asked first. The last place by default; a place beyond the last is the last.</summary>
    [Range(1, int.MaxValue)]
    public int? Position { get; init; }
}

/// <summary>A rule for touchpoints.</summary>
public sealed record TouchpointRuleAnswer
{
    /// <summary>Its name in routes.</summary>
    public required string Id { get; init; }

    /// <summary>The pages it is about, in the one form that pages have.</summary>
    public required string Pattern { get; init; }

    /// <summary>The query parameters that tell its pages apart. When there are none, all its pages are one touchpoint, named by the pattern.</summary>
    public required IReadOnlyList<string> KeepParameters { get; init; }

    /// <summary>Where it stands, from 1; the first rule that fits a page holds.</summary>
    public required int Position { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    internal static TouchpointRuleAnswer From(TouchpointRuleRow row) => new()
    {
        Id = row.Id,
        Pattern = row.Pattern,
        KeepParameters = row.Parameters,
        Position = row.Position,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
    };
}

/// <summary>Rules, in their order.</summary>
/// <param name="Items">This page of them.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
/// <param name="Placing">How far past responses have followed the last change.</param>
public sealed record TouchpointRuleList(IReadOnlyList<TouchpointRuleAnswer> Items, string? Next, PlacingProgress Placing);

/// <summary>How far past responses have followed the last change of what makes touchpoints of pages.</summary>
/// <param name="State">Whether some have not followed yet.</param>
/// <param name="Done">How many have followed.</param>
/// <param name="Total">How many have followed or will.</param>
public sealed record PlacingProgress(PlacingState State, long Done, long Total);

/// <summary>Whether past responses have followed.</summary>
public enum PlacingState
{
    /// <summary>Some have not yet.</summary>
    Running,

    /// <summary>All have.</summary>
    Done,
}
