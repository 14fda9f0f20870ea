namespace Collector.Feedback;

/// <summary>All that is known when it is decided which survey shows by itself.</summary>
public sealed record VisitorFacts
{
    /// <summary>The page.</summary>
    public required Page Page { get; init; }

    /// <summary>What the visitor looks at it with.</summary>
    public required Device Device { get; init; }

    /// <summary>A language tag, of which the primary subtag counts.</summary>
    public required string Language { get; init; }

    /// <summary>The page's own marks.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Pages of the visit so far, this one included.</summary>
    public required int PagesInVisit { get; init; }

    /// <summary>Rolled once per visit, the same for all surveys: from 0 to below 1.</summary>
    public required double Roll { get; init; }

    /// <summary>Whether the browser says Do Not Track or Global Privacy Control, and the site heeds that.</summary>
    public bool PrivacySignal { get; init; }

    /// <summary>The surveys that have shown in this visit, by their ids.</summary>
    public IReadOnlyList<string> ShownThisVisit { get; init; } = [];

    /// <summary>Days since the visitor answered a survey, by its id.</summary>
    public IReadOnlyDictionary<string, double> DaysSinceAnswer { get; init; } = new Dictionary<string, double>();

    /// <summary>Days since the visitor closed a survey, by its id.</summary>
    public IReadOnlyDictionary<string, double> DaysSinceDismissal { get; init; } = new Dictionary<string, double>();

    /// <summary>So many days after any survey was answered or closed, all of the site are quiet.</summary>
    public int SiteQuietDays { get; init; }
}
