using System.Globalization;
using Collector.Tests.Support;

namespace Collector.Benchmarks;

/// <summary>A PostgreSQL server as an operator sets it up; a commit is on disk when it is acknowledged.</summary>
internal sealed class ConfiguredPostgres : IDisposable
{
    private const double TicksPerSecond = 100;

    // How much memory, and how long between checkpoints, everybody sets. The rest is as it is shipped.
    private static readonly string[] Settings =
        ["-c", "shared_buffers=512MB", "-c", "max_wal_size=4GB", "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on"];

    private readonly PostgresServer server;

    private ConfiguredPostgres(PostgresServer server) => this.server = server;

    /// <summary>The processor time that all its processes have used so far, those that have ended included.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            var main = server.Id;
            var processes = Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]));
            return TimeSpan.FromSeconds(processes.Sum(process => Ticks(process, main)) / TicksPerSecond);
        }
    }

    /// <summary>Starts one with nothing in it, which is gone in the end.</summary>
    public static ConfiguredPostgres Start() => new(PostgresServer.Start("15", Settings));

    /// <summary>Starts the one whose data lie in this folder, where they stay.</summary>
    public static ConfiguredPostgres StartIn(DirectoryInfo folder) => new(PostgresServer.StartIn(folder, Settings));

    public string ConnectionString(string database) => server.ConnectionString(database);

    /// <summary>Makes a database; false when it is there already.</summary>
    public bool TryMakeDatabase(string name)
    {
        if (server.Execute($"select 1 from pg_database where datname = '{name}'") is not null)
        {
            return false;
        }

        server.Execute($"create database {name}");
        return true;
    }

    /// <summary>kill -9, and what it has on disk is what it has.</summary>
    public void KillAndStartAgain()
    {
        server.Kill();
        server.StartAgain();
    }

    public void Dispose() => server.Dispose();

    // Its own and its children's; in its own record are also those of the children that have ended. A process may end while it is looked at.
    private static long Ticks(string process, int main)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(process, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // from the third on: state, parent …
            return Path.GetFileName(process) == main.ToString(CultureInfo.InvariantCulture) || Number(1) == main ? Number(11) + Number(12) + Number(13) + Number(14) : 0;

            long Number(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
