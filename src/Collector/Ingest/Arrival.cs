using Collector.Feedback;
using Collector.Sites;

namespace Collector.Ingest;

/// <summary>A response on its way to the disk.</summary>
/// <param name="Row">What is to be stored.</param>
/// <param name="Touchpoint">The name of its touchpoint.</param>
/// <param name="Answers">How many answers it gives.</param>
/// <param name="Site">Its site.</param>
internal sealed record Arrival(Row Row, string Touchpoint, int Answers, Site Site)
{
    /// <summary>That of a response that was checked.</summary>
    public static Arrival Of(Response response, Site site, DateTimeOffset now) =>
        new(Row.From(response, now, site.RulesVersion), response.Touchpoint.Name, response.Answers.Count, site);
}

/// <summary>What became of a response.</summary>
internal enum Outcome
{
    /// <summary>It is new.</summary>
    Created,

    /// <summary>It replaces an earlier revision.</summary>
    Revised,

    /// <summary>It was there already, in this or a later revision.</summary>
    Repeated,

    /// <summary>The same revision is there with other content.</summary>
    Conflict,
}
