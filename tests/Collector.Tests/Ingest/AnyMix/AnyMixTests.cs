using System.Globalization;
using Collector.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Collector.Tests.Ingest.AnyMix;

/// <summary>
/// Rollup cells are exact after any mix of new responses, revisions, repeats, late and changed intents, erasures, touchpoint rules and retention.
/// </summary>
/// <remarks>
/// <c>COLLECTOR_MIXES</c> is the number of mixes, 60 by default. A failure prints the smallest mix that fails and a seed such as
/// <c>(123,457,8)</c>; <c>COLLECTOR_SEED=123,457,8</c> plays that mix again.
/// </remarks>
public sealed class AnyMixTests : IDisposable
{
    private readonly RunningCollector collector = new();

    public void Dispose() => collector.Dispose();

    [Fact]
    public void CellsEqualARecountAndEachResponseIsInItsPlace()
    {
        var mixes = int.Parse(Environment.GetEnvironmentVariable("COLLECTOR_MIXES") ?? "60", CultureInfo.InvariantCulture);
        var config = Config.QuickThrowOnFailure.WithMaxTest(mixes).WithReplay(Seed());

        Check.One(config, Prop.ForAll(Steps.AnyMix, async mix =>
        {
            var stage = await Stage.NewAsync(collector);
            foreach (var step in mix)
            {
                await stage.PlayAsync(step);
            }

            await stage.HoldsAsync();
        }));
    }

    private static FSharpOption<Replay> Seed()
    {
        if (Environment.GetEnvironmentVariable("COLLECTOR_SEED") is not { Length: > 0 } seed)
        {
            return FSharpOption<Replay>.None;
        }

        var parts = seed.Split(',').Select(part => ulong.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return FSharpOption<Replay>.Some(new Replay(new Rnd(parts[0], parts[1]), parts.Length > 2 ? FSharpOption<int>.Some((int)parts[2]) : FSharpOption<int>.None));
    }
}
