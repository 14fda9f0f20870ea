using System.Diagnostics;

namespace Collector.Benchmarks.Ingest;

/// <summary>A row of the table: a server that takes responses.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Title">What the table calls it.</param>
/// <param name="SlowestAnswer">After so many seconds an answer counts as none.</param>
internal sealed record Contestant(string Name, string Title, int SlowestAnswer = 2)
{
    /// <summary>What all others are compared with; the only one that stores nothing.</summary>
    public static readonly Contestant Bare = new("bare", "bare Kestrel (parse, 202, store nothing)");

    public static readonly Contestant Collector = new("collector", "Collector, SQLite");

    public static readonly IReadOnlyList<Contestant> All =
        [Bare, new("naive", "naive: commit per request, own connection", SlowestAnswer: 8), new("lock", "one lock, commit per request"), Collector];

    /// <summary>How it is started, with its data in this file. Each listens on a free port and tells which.</summary>
    public ProcessStartInfo Command(string database, string adminKey)
    {
        var program = Path.Combine(AppContext.BaseDirectory, this == Collector ? "Collector.dll" : "Collector.Benchmarks.dll");
        string[] what = this == Collector ? [program] : [program, "serve", Name, database];
        return new ProcessStartInfo("dotnet", [.. what, "--urls", "http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["Collector__Database"] = $"Data Source={database}",
                ["Collector__AdminKey"] = adminKey,
                // All load comes from one address, for one site.
                ["Collector__Limits__PerAddressPerMinute"] = "0",
                ["Collector__Limits__PerSitePerSecond"] = "0",
            },
        };
    }
}
