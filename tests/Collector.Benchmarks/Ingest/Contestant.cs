using System.Diagnostics;

namespace Collector.Benchmarks.Ingest;

/// <summary>A row of the table: a server that takes responses.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Title">What the table calls it.</param>
/// <param name="Collectors">How many collectors there are, on one database; none in those that Collector is compared with.</param>
/// <param name="IsOnPostgres">Whether its data are in PostgreSQL; otherwise in a SQLite file, if it keeps any.</param>
/// <param name="SlowestAnswer">After so many seconds an answer counts as none.</param>
internal sealed record Contestant(string Name, string Title, int Collectors = 0, bool IsOnPostgres = false, int SlowestAnswer = 2)
{
    /// <summary>The same during the warm-up.</summary>
    public const int SlowestWhenCold = 8;

    /// <summary>What all others are compared with; the only one that stores nothing.</summary>
    public static readonly Contestant Bare = new("bare", "bare Kestrel (parse, 202, store nothing)");

    public static readonly Contestant Collector = new("collector", "Collector, SQLite", Collectors: 1);

    public static readonly Contestant CollectorOnPostgres = new("postgres", "Collector, PostgreSQL", Collectors: 1, IsOnPostgres: true);

    public static readonly IReadOnlyList<Contestant> All =
    [
        Bare,
        new("naive", "naive: commit per request, own connection", SlowestAnswer: SlowestWhenCold),
        new("lock", "one lock, commit per request"),
        Collector,
        new("postgres-naive", "naive, PostgreSQL: commit per request, own connection", IsOnPostgres: true, SlowestAnswer: SlowestWhenCold),
        CollectorOnPostgres,
        new("postgres-2", "two collectors, PostgreSQL", Collectors: 2, IsOnPostgres: true),
        new("postgres-3", "three collectors, PostgreSQL", Collectors: 3, IsOnPostgres: true),
    ];

    /// <summary>How a process of it is started, with its data in this database. Each listens on a free port and tells which.</summary>
    public ProcessStartInfo Command(string database, string adminKey)
    {
        var program = Path.Combine(AppContext.BaseDirectory, Collectors > 0 ? "Collector.dll" : "Collector.Benchmarks.dll");
        string[] what = Collectors > 0 ? [program] : [program, "serve", Name, database];
        return new ProcessStartInfo("dotnet", [.. what, "--urls", "http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["Collector__Database"] = database,
                ["Collector__AdminKey"] = adminKey,
                // All load comes from one address, for one site.
                ["Collector__Limits__PerAddressPerMinute"] = "0",
                ["Collector__Limits__PerSitePerSecond"] = "0",
            },
        };
    }
}
