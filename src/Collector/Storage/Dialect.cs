using System.Data.Common;

namespace Collector.Storage;

/// <summary>Everything in which SQLite and PostgreSQL differ, side by side. All other SQL is one text for both.</summary>
internal abstract class Dialect : IAsyncDisposable
{
    /// <summary>Hands out connections that only read.</summary>
    public abstract DbDataSource Readers { get; }

    /// <summary>Hands out connections that look up, by key, the few rows which a visitor waits for; who reads figures cannot take them all.</summary>
    public abstract DbDataSource Lookups { get; }

    /// <summary>The file that it lies in; null where it lies in none of ours.</summary>
    public abstract string? FileName { get; }

    /// <summary>Makes a copy of all that is stored at one moment, while others go on writing.</summary>
    /// <exception cref="BackupRefusedException">That is not ours to do.</exception>
    public abstract Task BackUpAsync(string to, CancellationToken cancellation);

    /// <summary>How many transactions may write at the same time in this process.</summary>
    public abstract int Writers { get; }

    /// <summary>A migration as this database takes it.</summary>
    public abstract string Schema(string migration);

    /// <summary>What follows a column that is one of the numbers in a parameter that is a JSON array.</summary>
    public abstract string InNumbers(string parameter);

    /// <summary>The same for a column of text.</summary>
    public abstract string InTexts(string parameter);

    /// <summary>A query for the columns of all tables, by table and in their order: table, name, type as declared, and place in the primary key, null where it is not in it.</summary>
    public abstract string AllColumns { get; }

    public static Dialect For(string connectionString) =>
        connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase)
            ? new PostgresDialect(connectionString)
            : new SqliteDialect(connectionString);

    /// <summary>Looks at what is there before anything is written. False when it can only be read.</summary>
    /// <exception cref="DamagedDatabaseException">It is not whole.</exception>
    public abstract Task<bool> OpenAsync(CancellationToken cancellation);

    /// <summary>A connection to write with, to be given back to <see cref="ReturnWriterAsync"/>.</summary>
    public abstract ValueTask<DbConnection> TakeWriterAsync(CancellationToken cancellation);

    public abstract ValueTask ReturnWriterAsync(DbConnection connection, DbException? failure);

    /// <summary>Commits; when this returns, what was written is on disk, wherever the operator wants it to be.</summary>
    public abstract Task CommitAsync(DbTransaction transaction, CancellationToken cancellation);

    /// <summary>Takes what is left of erased rows off the disk, as far as that is ours to do. False when somebody still reads it, and it is to be tried again.</summary>
    public abstract Task<bool> WipeAsync(CancellationToken cancellation);

    /// <summary>Tells all processes on this database, when the transaction is committed, that something which they may remember has changed.</summary>
    public abstract Task TellOthersAsync(DbTransaction transaction, CancellationToken cancellation);

    /// <summary>Listens until it is cancelled or the connection breaks, and calls <paramref name="heard"/> each time, and once when it has begun.</summary>
    public abstract Task ListenAsync(Action heard, CancellationToken cancellation);

    /// <summary>Keeps other processes from migrating until the transaction ends.</summary>
    public abstract Task LockMigrationsAsync(DbTransaction transaction, CancellationToken cancellation);

    /// <summary>Begins a transaction on a connection of its own, during which nobody else writes to any table, of whatever process.</summary>
    /// <exception cref="DatabaseInUseException">Somebody does not let go of it.</exception>
    public abstract Task<DbTransaction> BeginStillAsync(CancellationToken cancellation);

    /// <summary>Whether the same transaction may succeed when it is tried again a moment later.</summary>
    public abstract bool IsTransient(DbException exception);

    /// <summary>Whether the failure is about what was written (too long, against a constraint), so that other writes may well succeed.</summary>
    public abstract bool BlamesData(DbException exception);

    public abstract ValueTask DisposeAsync();
}
