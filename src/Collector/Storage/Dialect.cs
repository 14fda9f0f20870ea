using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Collector.Storage;

/// <summary>Everything in which SQLite and PostgreSQL differ, side by side. All other SQL is one text for both.</summary>
internal abstract class Dialect : IAsyncDisposable
{
    /// <summary>Hands out connections that only read.</summary>
    public abstract DbDataSource Readers { get; }

    /// <summary>How many transactions may write at the same time in this process.</summary>
    public abstract int Writers { get; }

    /// <summary>What <c>[clustered]</c> in a migration stands for.</summary>
    public abstract string Clustered { get; }

    public static Dialect For(string connectionString) =>
        connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase)
            ? new PostgresDialect(connectionString)
            : new SqliteDialect(connectionString);

    /// <summary>A connection to write with, to be given back to <see cref="ReturnWriterAsync"/>.</summary>
    public abstract ValueTask<DbConnection> TakeWriterAsync(CancellationToken cancellation);

    public abstract ValueTask ReturnWriterAsync(DbConnection connection);

    /// <summary>Keeps other processes from migrating until the transaction ends.</summary>
    public abstract Task LockMigrationsAsync(DbTransaction transaction, CancellationToken cancellation);

    /// <summary>Whether the same transaction may succeed when it is tried again a moment later.</summary>
    public abstract bool IsTransient(DbException exception);

    /// <summary>Whether the failure is about what was written (too long, against a constraint), so that other writes may well succeed.</summary>
    public abstract bool BlamesData(DbException exception);

    public abstract ValueTask DisposeAsync();
}

/// <summary>
/// One process, and in it one connection that owns every write and every checkpoint: the bundled SQLite has a race between
/// checkpoints of several connections (fixed in 3.51.3), and SQLite writes one transaction at a time anyway. Readers see the
/// last commit (WAL) and wait for nobody.
/// </summary>
internal sealed class SqliteDialect : Dialect
{
    // synchronous=full: an acknowledged response survives power loss, not only the end of the process.
    // secure_delete: what is erased is overwritten in the file too.
    private const string WriterPragmas =
        """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma secure_delete = on;
        pragma wal_autocheckpoint = 4000;
        pragma cache_size = -16384;
        """;

    private readonly string writerText;
    private SqliteConnection? writer;

    public SqliteDialect(string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 1 };
        if (settings.Mode == SqliteOpenMode.Memory || settings.DataSource is "" or ":memory:")
        {
            throw new ArgumentException("Collector:Database must name a file: what is only in memory would not survive the process.", nameof(connectionString));
        }

        settings.Mode = SqliteOpenMode.ReadWriteCreate;
        settings.Pooling = false;
        writerText = settings.ConnectionString;
        settings.Mode = SqliteOpenMode.ReadOnly;
        settings.Pooling = true;
        Readers = SqliteFactory.Instance.CreateDataSource(settings.ConnectionString);
    }

    public override DbDataSource Readers { get; }

    public override int Writers => 1;

    public override string Clustered => "without rowid";

    public override async ValueTask<DbConnection> TakeWriterAsync(CancellationToken cancellation)
    {
        if (writer is null)
        {
            var connection = new SqliteConnection(writerText);
            try
            {
                await connection.OpenAsync(cancellation);
                await connection.ExecuteAsync(new CommandDefinition(WriterPragmas, cancellationToken: cancellation));
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }

            writer = connection;
        }

        return writer;
    }

    public override ValueTask ReturnWriterAsync(DbConnection connection) => ValueTask.CompletedTask;

    // A transaction of the one writer begins with "begin immediate", which locks out other processes already.
    public override Task LockMigrationsAsync(DbTransaction transaction, CancellationToken cancellation) => Task.CompletedTask;

    public override bool IsTransient(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked };

    public override bool BlamesData(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: SqliteTooBig or SqliteConstraint or SqliteMismatch or SqliteRange };

    public override async ValueTask DisposeAsync()
    {
        await Readers.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (writer is not null)
        {
            SqliteStatement.End(writer);
            await writer.DisposeAsync();
        }
    }

    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteTooBig = 18, SqliteConstraint = 19, SqliteMismatch = 20, SqliteRange = 25;
}

/// <summary>Any number of processes; the database orders the writers.</summary>
internal sealed class PostgresDialect(string connectionString) : Dialect
{
    private const long MigrationLock = 0x436F6C6C6563746F; // "Collecto"

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);

    public override DbDataSource Readers => source;

    public override int Writers => 4;

    public override string Clustered => "";

    public override async ValueTask<DbConnection> TakeWriterAsync(CancellationToken cancellation) =>
        await source.OpenConnectionAsync(cancellation);

    public override ValueTask ReturnWriterAsync(DbConnection connection) => connection.DisposeAsync();

    public override Task LockMigrationsAsync(DbTransaction transaction, CancellationToken cancellation) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition("select pg_advisory_xact_lock(@MigrationLock)", new { MigrationLock }, transaction, cancellationToken: cancellation));

    public override bool IsTransient(DbException exception) => exception.IsTransient;

    // Class 22 is "data exception", 23 "integrity constraint violation".
    public override bool BlamesData(DbException exception) => exception.SqlState is ['2', '2' or '3', ..];

    public override ValueTask DisposeAsync() => source.DisposeAsync();
}
