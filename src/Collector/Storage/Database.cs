using System.Data.Common;

namespace Collector.Storage;

/// <summary>The way to the stored data: connections to read with, and transactions to write in.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly Dialect dialect;
    private readonly SemaphoreSlim writers;

    /// <summary>The database that a connection string names: a SQLite file, or PostgreSQL where it names a host.</summary>
    public Database(string connectionString)
    {
        dialect = Dialect.For(connectionString);
        writers = new SemaphoreSlim(dialect.Writers);
    }

    internal Dialect Dialect => dialect;

    /// <summary>SQL that follows a column: it is one of the numbers in a parameter that is a JSON array. Thousands of parameters would be slow, or too many.</summary>
    public string InNumbers(string parameter) => dialect.InNumbers(parameter);

    /// <summary>The same for a column of text.</summary>
    public string InTexts(string parameter) => dialect.InTexts(parameter);

    /// <summary>A connection that sees what is committed. Writing with it is an error.</summary>
    public ValueTask<DbConnection> ReadAsync(CancellationToken cancellation) => dialect.Readers.OpenConnectionAsync(cancellation);

    /// <summary>A connection to look up what a visitor waits for, by key. Figures, however many, cannot take it.</summary>
    public ValueTask<DbConnection> LookUpAsync(CancellationToken cancellation) => dialect.Lookups.OpenConnectionAsync(cancellation);

    /// <summary>Runs <paramref name="work"/> in a transaction; when this returns, what it wrote is on disk. If it throws, nothing was written.</summary>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellation)
    {
        await writers.WaitAsync(cancellation);
        try
        {
            var connection = await dialect.TakeWriterAsync(cancellation);
            DbException? failure = null;
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                var result = await work(transaction);
                await dialect.CommitAsync(transaction, cancellation);
                return result;
            }
            catch (DbException exception)
            {
                failure = exception;
                throw;
            }
            finally
            {
                await dialect.ReturnWriterAsync(connection, failure);
            }
        }
        finally
        {
            writers.Release();
        }
    }

    /// <summary>
    /// The same, in a transaction that no other of the site overlaps, of whatever process: it waits until they have ended, and sees what they wrote. All that reads of a site what it
    /// then writes is done so; and what it writes of a site's settings, other processes are told of.
    /// </summary>
    public Task<T> WriteAsync<T>(string site, Func<DbTransaction, Task<T>> work, CancellationToken cancellation) => WriteAsync(
        async transaction =>
        {
            await Ledger.RaiseAsync(transaction, [site], cancellation);
            var result = await work(transaction);
            await dialect.TellOthersAsync(transaction, cancellation);
            return result;
        },
        cancellation);

    /// <summary>
    /// Runs <paramref name="work"/>, which only reads, while nobody can change anything, of whatever process. A SQLite file nobody else may even have open; on PostgreSQL
    /// others can read, and who wants to write waits until it gives up.
    /// </summary>
    /// <exception cref="DatabaseInUseException">Others use it.</exception>
    public async Task<T> HoldStillAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellation)
    {
        await writers.WaitAsync(cancellation);
        try
        {
            var transaction = await dialect.BeginStillAsync(cancellation);
            await using var connection = transaction.Connection!;
            await using (transaction)
            {
                return await work(transaction);
            }
        }
        finally
        {
            writers.Release();
        }
    }

    /// <summary>Takes what is left of erased rows off the disk. False when somebody still reads it, and it is to be tried again.</summary>
    internal async Task<bool> WipeAsync(CancellationToken cancellation)
    {
        await writers.WaitAsync(cancellation);
        try
        {
            return await dialect.WipeAsync(cancellation);
        }
        finally
        {
            writers.Release();
        }
    }

    /// <summary>Listens to other processes that change what this one may remember of sites, until it is cancelled or the connection breaks.</summary>
    public Task ListenAsync(Action heard, CancellationToken cancellation) => dialect.ListenAsync(heard, cancellation);

    /// <summary>Whether the same transaction may succeed when it is tried again a moment later.</summary>
    public bool IsTransient(Exception exception) => exception is DbException failure && dialect.IsTransient(failure);

    /// <summary>Whether the failure is about what was written, or a mistake of ours, so that other writes may well succeed; otherwise the storage is out.</summary>
    public bool BlamesData(Exception exception) => exception is not DbException failure || dialect.BlamesData(failure);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A request that was cut off may still be writing: to close its connection under it would bring down the process.
        for (var i = 0; i < dialect.Writers; i++)
        {
            await writers.WaitAsync();
        }

        await dialect.DisposeAsync();
        writers.Dispose();
    }
}
