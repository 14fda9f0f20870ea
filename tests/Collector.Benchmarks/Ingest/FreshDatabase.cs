using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Collector.Benchmarks.Ingest;

/// <summary>An empty database for one measurement: a SQLite file, or a PostgreSQL server of its own.</summary>
internal sealed class FreshDatabase : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-benchmark-");
    private readonly ConfiguredPostgres? postgres;

    public FreshDatabase(bool isOnPostgres)
    {
        if (new DriveInfo(folder.FullName).DriveFormat == "tmpfs")
        {
            folder.Delete();
            throw new BenchmarkFailedException("The folder for temporary files is in memory, where a commit costs nothing. Set TMPDIR to a folder on a disk.");
        }

        postgres = isOnPostgres ? ConfiguredPostgres.Start() : null;
        postgres?.TryMakeDatabase("benchmark");
        ConnectionString = postgres?.ConnectionString("benchmark") ?? $"Data Source={Path.Combine(folder.FullName, "benchmark.db")}";
    }

    public string ConnectionString { get; }

    /// <summary>The processor time that its own processes have used so far; null where it has none.</summary>
    public TimeSpan? ProcessorTime => postgres?.ProcessorTime;

    /// <summary>A connection that sees what would be there after a crash.</summary>
    public async Task<DbConnection> OpenAfterCrashAsync(CancellationToken cancellation)
    {
        postgres?.KillAndStartAgain();
        DbConnection connection = postgres is null ? new SqliteConnection($"{ConnectionString};Pooling=False") : new NpgsqlConnection($"{ConnectionString};Pooling=false");
        await connection.OpenAsync(cancellation);
        return connection;
    }

    public void Dispose()
    {
        postgres?.Dispose();
        folder.Delete(recursive: true);
    }
}
