namespace Collector.Benchmarks.Widget;

/// <summary>A row of the table: a script on a page.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Find">What gives, as JavaScript, the element that the visitor is to see; null when there is nothing to see.</param>
/// <param name="File">The script, below the folder of the peers; null when Collector serves it.</param>
/// <param name="Attributes">More attributes of the script tag.</param>
internal sealed record Contestant(string Name, string? Find, string? File, string Attributes = "")
{
    private const string Card = "document.querySelector('collector-survey')?.shadowRoot?.querySelector('.card')";

    /// <summary>What all others are compared with.</summary>
    public static readonly Contestant Empty = new("an empty script", null, "empty.js");

    public static readonly Contestant Asking = new("Collector, the survey shows at once", Card, null);

    public static readonly Contestant Silent = new("Collector, the visitor is not asked", null, null);

    public static readonly IReadOnlyList<Contestant> All =
    [
        Empty, Asking, Silent,
        new("betahuhn feedback-js 2.1.25, its button", "document.querySelector('#feedback-btn')", "node_modules/@betahuhn/feedback-js/dist/feedback-js.min.js", "data-feedback-endpoint=\"/nowhere\""),
        new("Sentry feedback 10.57.0, its button", "document.querySelector('#sentry-feedback')?.shadowRoot?.querySelector('.widget__actor')", "dist/sentry.js"),
    ];
}
