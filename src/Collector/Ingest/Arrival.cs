using Collector.Sites;

namespace Collector.Ingest;

/// <summary>A response on its way to the disk.</summary>
/// <param name="Row">What is to be stored.</param>
/// <param name="Touchpoint">The name of its touchpoint.</param>
/// <param name="Answers">How many answers it gives.</param>
/// <param name="Site">Its site.</param>
internal sealed record Arrival(Row Row, string Touchpoint, int Answers, Site Site);

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
