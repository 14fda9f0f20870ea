namespace Collector.Dashboard.Settings;

/// <summary>Something that is shown this once: a key, or a link.</summary>
public sealed record OnceModel
{
    /// <summary>The page of the settings that it belongs to.</summary>
    public required string Here { get; init; }

    /// <summary>What it is, in the reader's language.</summary>
    public required string Title { get; init; }

    /// <summary>What to do with it, in the reader's language.</summary>
    public required string Text { get; init; }

    /// <summary>The key or the link.</summary>
    public required string Secret { get; init; }

    /// <summary>How it is used; null where that needs no telling.</summary>
    public string? Example { get; init; }
}
