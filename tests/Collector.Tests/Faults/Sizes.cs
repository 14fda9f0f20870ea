namespace Collector.Tests.Faults;

/// <summary>Each fault is tried briefly in every test run, and in full by <c>tests/faults.sh</c>.</summary>
internal static class Sizes
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("COLLECTOR_FAULTS") == "full";

    public static T Of<T>(T brief, T full) => Full ? full : brief;
}
