using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Collector.Storage;

/// <summary>
/// Connections that read, each kept for whoever reads next. The driver's own pool can give one to two at the same time: a connection that one thread is just taking or returning looks to
/// another like one that was forgotten, and is taken back.
/// </summary>
internal sealed class SqliteReaders(string connectionString) : DbDataSource
{
    // Each keeps up to two megabytes of pages.
    private const int MostIdle = 8;

    private readonly ConcurrentStack<Reader> idle = [];
    private volatile int generation;
    private volatile bool isClosed;

    public override string ConnectionString => connectionString;

    /// <summary>Closes all connections: those that are in use when they are returned.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref generation);
        while (idle.TryPop(out var reader))
        {
            reader.End();
        }
    }

    protected override DbConnection CreateDbConnection() => new Reader(this);

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        while (idle.TryPop(out var known))
        {
            if (known.TryTake())
            {
                return known;
            }
        }

        var reader = new Reader(this);
        try
        {
            await reader.OpenAsync(cancellationToken);
            return reader;
        }
        catch
        {
            reader.End();
            throw;
        }
    }

    protected override ValueTask DisposeAsyncCore()
    {
        isClosed = true;
        Clear();
        return base.DisposeAsyncCore();
    }

    private sealed class Reader(SqliteReaders readers) : SqliteConnection(readers.ConnectionString)
    {
        private readonly int generation = readers.generation;
        private int isTaken = 1;
        private bool isEnded;

        private bool IsKept => !readers.isClosed && generation == readers.generation && State == ConnectionState.Open && readers.idle.Count < MostIdle;

        public bool TryTake()
        {
            isTaken = 1;
            if (generation == readers.generation)
            {
                return true;
            }

            End();
            return false;
        }

        public void End()
        {
            isEnded = true;
            Dispose();
        }

        protected override void Dispose(bool disposing)
        {
            if (!disposing || isEnded)
            {
                base.Dispose(disposing);
            }
            else if (Interlocked.Exchange(ref isTaken, 0) == 1) // Disposing twice returns it once.
            {
                if (IsKept)
                {
                    readers.idle.Push(this);
                }
                else
                {
                    End();
                }
            }
        }
    }
}
