using Collector.Dashboard.Shell;
using Collector.Feedback;

namespace Collector.Dashboard.Settings;

/// <summary>What stages are called.</summary>
internal static class StageWords
{
    /// <summary>A usual stage in the reader's words; the site's own as it stands.</summary>
    public static string Of(string stage, Words words) => Stages.OfBuyer.Contains(stage) || Stages.OfService.Contains(stage) ? words.Say($"{char.ToUpperInvariant(stage[0])}{stage[1..]}") : stage;
}
