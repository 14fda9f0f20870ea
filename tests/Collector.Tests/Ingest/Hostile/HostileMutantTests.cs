using System.Globalization;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest.Hostile;

/// <summary>
/// Thousands of mutants of valid bodies. COLLECTOR_MUTANTS says how many, COLLECTOR_FIRST_MUTANT with which number they begin; without
/// them, the same ones each time.
/// </summary>
public sealed class HostileMutantTests(RunningCollector collector)
{
    [Fact]
    public async Task WhateverIsDoneToABodyThePromisesHold()
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        var (first, count) = (Setting("COLLECTOR_FIRST_MUTANT", 1), Setting("COLLECTOR_MUTANTS", 4_000));
        await Parallel.ForAsync(first, first + count, TestContext.Current.CancellationToken, async (number, _) =>
        {
            var mutant = new HostileMutant(visitor.Site.SiteKey, number);
            if ((await visitor.TryAsync(mutant.Body(mutant.Steps))).Broken is not null)
            {
                await ComplainOfTheSmallestAsync(visitor, mutant, number);
            }
        });

        // Neither a collector that refuses everything nor mutants that change nothing would show much.
        Assert.InRange(visitor.Sent.Accepted, visitor.Sent.Requests / 10, visitor.Sent.Requests * 9 / 10);
        await visitor.LeavesAllInOrderAsync();
        TestContext.Current.SendDiagnosticMessage("{0} mutants, {1} stored", visitor.Sent.Requests, visitor.Sent.Accepted);
    }

    [Fact]
    public void AMutantIsTheSameEachTime()
    {
        var (one, same) = (new HostileMutant("st_x", 7), new HostileMutant("st_x", 7));
        Assert.Equal(one.Body(one.Steps), same.Body(same.Steps));
    }

    // Leaves out every step that is not needed to break the promise.
    private static async Task ComplainOfTheSmallestAsync(HostileVisitor visitor, HostileMutant mutant, int number)
    {
        List<int> steps = [.. mutant.Steps];
        foreach (var step in mutant.Steps)
        {
            var fewer = steps.Where(other => other != step);
            if ((await visitor.TryAsync(mutant.Body(fewer))).Broken is not null)
            {
                steps = [.. fewer];
            }
        }

        await visitor.SendAsync($"Mutant {number} after {steps.Count} of its {mutant.Steps.Count} steps", mutant.Body(steps));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
