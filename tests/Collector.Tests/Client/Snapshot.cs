namespace Collector.Tests.Client;

/// <summary>The document that clients are made of.</summary>
internal static class Snapshot
{
    /// <summary>Where it lies: five folders up from where the tests are built to.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "../../../../../src/Collector.Client/openapi.json"));
}
