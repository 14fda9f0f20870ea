using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Collector.Feedback;

namespace Collector.Sites;

/// <summary>A group to be made.</summary>
public sealed record NewGroup : GroupRequest
{
    /// <summary>Its name in routes and figures, unique in the site: 1 to 100 lower-case letters, digits and <c>-</c>, the first no <c>-</c>.</summary>
    [Required]
    public string? Id { get; init; }

    /// <summary>What people call it. 1 to 200 characters.</summary>
    [Required]
    public override string? Name { get; init; }

    /// <summary>The pages it is about; see the group's <c>patterns</c>. 1 to 50.</summary>
    [Required]
    public override IReadOnlyList<string?>? Patterns { get; init; }
}

/// <summary>What a group is to be.</summary>
public record GroupRequest
{
    /// <summary>What people call it. 1 to 200 characters.</summary>
    public virtual string? Name { get; init; }

    /// <summary>
    /// The pages it is about, 1 to 50 patterns as those of touchpoint rules: a path in which <c>*</c> stands for one segment and <c>**</c> for any
    /// number of them, none included; with a host before it, only pages of that host.
    /// </summary>
    public virtual IReadOnlyList<string?>? Patterns { get; init; }

    /// <summary>The journey that it is part of.</summary>
    public Journey? Journey { get; init; }

    /// <summary>
    /// The stage in it. Of a buyer: <c>awareness</c>, <c>interest</c>, <c>consideration</c>, <c>decision</c>, <c>onboarding</c>, <c>use</c>, <c>loyalty</c>,
    /// <c>advocacy</c>; of a service: <c>discovery</c>, <c>relation</c>, <c>purchase</c>, <c>follow-up</c>; or the site's own: 1 to 100 lower-case letters,
    /// digits and <c>-</c>, the first no <c>-</c>.
    /// </summary>
    public string? Stage { get; init; }
}

/// <summary>A group: a series of touchpoints with a common goal.</summary>
public sealed record GroupAnswer
{
    /// <summary>Its name in routes and figures.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The pages it is about, in the one form that patterns have. A touchpoint belongs to it where one of these means all pages that the touchpoint stands for.</summary>
    public required IReadOnlyList<string> Patterns { get; init; }

    /// <summary>The journey that it is part of; left out when it is part of none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required Journey? Journey { get; init; }

    /// <summary>The stage in it; left out when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Stage { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    internal static GroupAnswer From(GroupRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Patterns = row.PatternTexts,
        Journey = row.ToJourney(),
        Stage = row.Stage,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
    };
}

/// <summary>Groups, by id.</summary>
/// <param name="Items">This page of them.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record GroupList(IReadOnlyList<GroupAnswer> Items, string? Next);
