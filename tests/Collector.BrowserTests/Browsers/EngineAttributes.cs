using System.Reflection;
using Collector.BrowserTests.Pages;
using Xunit.Sdk;
using Xunit.v3;

namespace Collector.BrowserTests.Browsers;

/// <summary>Runs a test in every engine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InEveryEngineAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Chosen.Of<Engine>("COLLECTOR_ENGINES").Select(engine => new TheoryDataRow(engine))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>Runs a test in every engine on every kind of page, but not on more samples of a kind: those have tests of their own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEveryPageInEveryEngineAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. from page in Chosen.Of<PageKind>("COLLECTOR_PAGES") where page < PageKind.Vue from engine in Chosen.Of<Engine>("COLLECTOR_ENGINES") select new TheoryDataRow(engine, page)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>All of a kind; but on one's own machine, where a variable names some (<c>COLLECTOR_ENGINES=firefox,webkit</c>), those.</summary>
internal static class Chosen
{
    public static IReadOnlyList<T> Of<T>(string variable)
        where T : struct, Enum => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } names
            ? [.. names.Split(',').Select(name => Enum.Parse<T>(name, ignoreCase: true))]
            : Enum.GetValues<T>();
}
