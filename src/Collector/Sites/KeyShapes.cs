using System.ComponentModel.DataAnnotations;

namespace Collector.Sites;

/// <summary>A key to be made.</summary>
public sealed record KeyRequest
{
    /// <summary>What it is for; 1 to 200 characters.</summary>
    [Required]
    public string? Name { get; init; }

    /// <summary>What it may do: some of <c>read</c>, <c>responses</c>, <c>manage</c>, <c>admin</c>.</summary>
    [Required]
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>When it stops working; never, when left out.</summary>
    public DateTimeOffset? Expires { get; init; }
}

/// <summary>A key, without the key itself.</summary>
public record KeyAnswer
{
    /// <summary>Its name in routes.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used, to within an hour; never yet, when null.</summary>
    public required DateTimeOffset? LastUsed { get; init; }

    /// <summary>When it stops working; never, when null.</summary>
    public required DateTimeOffset? Expires { get; init; }
}

/// <summary>A key that was just made.</summary>
public sealed record NewKeyAnswer : KeyAnswer
{
    /// <summary>The key, for <c>Authorization: Bearer</c>. It is told only here.</summary>
    public required string Key { get; init; }
}

/// <summary>Keys, oldest first.</summary>
/// <param name="Items">This page of them.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record KeyList(IReadOnlyList<KeyAnswer> Items, string? Next);
