using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Collector.Storage;

/// <summary>
/// One process, and in it one connection that owns every write and every checkpoint: the bundled SQLite has a race between
/// checkpoints of several connections (fixed in 3.51.3), and SQLite writes one transaction at a time anyway. Readers see the
/// last commit (WAL) and wait for nobody.
/// </summary>
internal sealed class SqliteDialect : Dialect
{
    // synchronous=full: an acknowledged response survives power loss, not only the end of the process.
    // secure_delete: what is erased is overwritten in the file too.
    // wal_autocheckpoint: MergeAsync does it, and waits so many milliseconds for readers at most.
    // journal_size_limit: a log that grew while a long read kept it from being merged gives the disk back afterwards. Half as much again as it is
    // merged at, since a log that is cut and grows anew each time makes every commit wait longer for the disk.
    private const string WriterPragmas =
        """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma secure_delete = on;
        pragma wal_autocheckpoint = 0;
        pragma busy_timeout = 100;
        pragma journal_size_limit = 25165824;
        pragma cache_size = -16384;
        """;

    static SqliteDialect()
    {
        // Before anything is opened. Nobody asks SQLite how much memory it has taken: it would take a lock for every allocation. Its connections keep their locks, though each
        // is used by one thread at a time: a command that somebody forgot to dispose is closed by the finalizer's thread, and without a lock that ends the process.
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private readonly string file, writerText;
    private SqliteReaders readers;
    private SqliteConnection? writer;
    private bool isSealed;
    private int pagesInLog, mergeAt = PagesUntilMerge;

    public SqliteDialect(string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 1 };
        if (settings.Mode == SqliteOpenMode.Memory || settings.DataSource is "" or ":memory:")
        {
            throw new ArgumentException("Collector:Database must name a file: what is only in memory would not survive the process.", nameof(connectionString));
        }

        file = Path.GetFullPath(settings.DataSource);
        settings.Mode = SqliteOpenMode.ReadWriteCreate;
        settings.Pooling = false;
        writerText = settings.ConnectionString;
        settings.Mode = SqliteOpenMode.ReadOnly;
        readers = new SqliteReaders(settings.ConnectionString);
    }

    public override DbDataSource Readers => readers;

    // There are as many as are wanted.
    public override DbDataSource Lookups => readers;

    public override string? FileName => file;

    // A read transaction as any other, whose rows go into a new file without gaps; the writer goes on beside it.
    public override async Task BackUpAsync(string to, CancellationToken cancellation)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition("vacuum into @to", new { to }, commandTimeout: 0, cancellationToken: cancellation));
        await using var written = new FileStream(to, FileMode.Open, FileAccess.Write);
        written.Flush(flushToDisk: true);
    }

    public override int Writers => 1;

    public override string Schema(string migration) =>
        migration.Replace("[clustered]", "without rowid", StringComparison.Ordinal).Replace("[revised]", "", StringComparison.Ordinal);

    public override string InNumbers(string parameter) => $"in (select value from json_each({parameter}))";

    public override string InTexts(string parameter) => InNumbers(parameter);

    public override string AllColumns =>
        """
        select tables.name, columns.name, lower(columns.type), nullif(columns.pk, 0)
        from sqlite_master as tables
        join pragma_table_info(tables.name) as columns
        where tables.type = 'table' and tables.name not glob 'sqlite_*'
        order by tables.name, columns.cid
        """;

    public override async Task<bool> OpenAsync(CancellationToken cancellation)
    {
        if (new FileInfo(file) is not { Exists: true, Length: > 0 })
        {
            // The first write makes it; but SQLite would also throw away the log of a file that is empty.
            return new FileInfo(file + "-wal") is not { Exists: true, Length: > 0 }
                ? true
                : throw new DamagedDatabaseException(file, "it is missing or empty, and there is a log beside it");
        }

        try
        {
            await InspectAsync(cancellation);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SqliteCannotOpen && !File.Exists(file + "-wal"))
        {
            // The log, which even a reader needs, cannot be made: the disk is read-only. With nothing in a log the file is all there is,
            // and it will not change under us; if the disk can be written again, that needs another start.
            isSealed = true;
            var settings = new SqliteConnectionStringBuilder { DataSource = new Uri(file).AbsoluteUri + "?immutable=1", Mode = SqliteOpenMode.ReadOnly, Pooling = false };
            await readers.DisposeAsync();
            readers = new SqliteReaders(settings.ConnectionString);
            await InspectAsync(cancellation);
        }

        return !isSealed && raw.sqlite3_db_readonly(((SqliteConnection)await TakeWriterAsync(cancellation)).Handle, "main") == 0;
    }

    // By a connection that cannot write: one that can would merge the log into the damaged file when it closes.
    private async Task InspectAsync(CancellationToken cancellation)
    {
        await using var connection = await readers.OpenConnectionAsync(cancellation);
        try
        {
            await connection.ExecuteScalarAsync<long>(new CommandDefinition("select count(*) from sqlite_master", cancellationToken: cancellation));
            var pageSize = await connection.ExecuteScalarAsync<long>(new CommandDefinition("pragma page_size", cancellationToken: cancellation));
            var pages = await connection.ExecuteScalarAsync<long>(new CommandDefinition("pragma page_count", cancellationToken: cancellation));
            var pagesInFile = new FileInfo(file).Length / pageSize;
            var logged = pages == pagesInFile ? [] : SqliteLog.Pages(file);
            for (var page = pagesInFile + 1; page <= pages; page++)
            {
                if (!logged.Contains((uint)page))
                {
                    throw new DamagedDatabaseException(file, $"page {page} of {pages} is missing");
                }
            }

            // A file only grows, unless somebody vacuums it. One that has pages which the log knows nothing of has lost the log's end,
            // parts of which are merged into it already.
            if (pages < pagesInFile
                && await connection.ExecuteScalarAsync<string>(new CommandDefinition("pragma integrity_check(1)", cancellationToken: cancellation)) is not "ok" and var fault)
            {
                throw new DamagedDatabaseException(file, $"the end of its log is missing ({fault})");
            }
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase)
        {
            throw new DamagedDatabaseException(file, exception.Message);
        }
    }

    public override async ValueTask<DbConnection> TakeWriterAsync(CancellationToken cancellation)
    {
        if (isSealed)
        {
            throw new SqliteException("The database can only be read.", SqliteReadOnly);
        }

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

    public override Task CommitAsync(DbTransaction transaction, CancellationToken cancellation) => transaction.CommitAsync(cancellation);

    // Connections that were opened while nothing could be written stay that way, and so do those opened beside them: when all of them
    // are gone, the next write finds out anew.
    public override async ValueTask ReturnWriterAsync(DbConnection connection, DbException? failure)
    {
        if (failure is SqliteException { SqliteErrorCode: SqliteReadOnly })
        {
            await CloseWriterAsync();
            readers.Clear();
        }
        else
        {
            await MergeAsync((SqliteConnection)connection);
        }
    }

    // Merges the log into the file when it is long, as far as no reader needs it, and begins it anew at once: a log that stayed as it is
    // and lost its end later, on a bad disk or in a bad copy, would bring back the old half of what the file has whole.
    private async Task MergeAsync(SqliteConnection connection)
    {
        raw.sqlite3_db_status(connection.Handle, SqlitePagesWritten, out var pages, out _, resetFlg: 1);
        pagesInLog += pages;
        if (pagesInLog < mergeAt)
        {
            return;
        }

        try
        {
            // Readers that overlap without a gap would keep SQLite from ever beginning anew; once in a while it waits for the oldest of them.
            var how = pagesInLog < 2 * PagesUntilMerge ? "passive" : "restart";
            var (isBusy, logged, merged) = await connection.QuerySingleAsync<(long IsBusy, long Logged, long Merged)>($"pragma wal_checkpoint({how})");
            if (isBusy == 0 && logged == merged)
            {
                await connection.ExecuteAsync("pragma user_version = 1"); // A page that is written anew, which is all that matters.
                (pagesInLog, mergeAt) = (0, PagesUntilMerge);
                return;
            }
        }
        catch (SqliteException)
        {
            // What was committed is in the log, and stays there. If the disk is out, the next who writes will say so.
        }

        mergeAt = pagesInLog + (PagesUntilMerge / 4);
    }

    // Erased rows are overwritten in their page, and the page as it was is still in the file or in the log: until the log is merged and cut. A reader that still needs it, or a full disk, puts that off.
    public override async Task<bool> WipeAsync(CancellationToken cancellation)
    {
        if (writer is null)
        {
            return true;
        }

        raw.sqlite3_db_status(writer.Handle, SqlitePagesWritten, out var pages, out _, resetFlg: 1);
        pagesInLog += pages;
        if (pagesInLog == 0)
        {
            return true;
        }

        try
        {
            if (await writer.QuerySingleAsync<long>(new CommandDefinition("pragma wal_checkpoint(truncate)", cancellationToken: cancellation)) != 0)
            {
                return false;
            }
        }
        catch (SqliteException)
        {
            return false;
        }

        (pagesInLog, mergeAt) = (0, PagesUntilMerge);
        return true;
    }

    // There are no others.
    public override Task TellOthersAsync(DbTransaction transaction, CancellationToken cancellation) => Task.CompletedTask;

    public override Task ListenAsync(Action heard, CancellationToken cancellation) => Task.Delay(Timeout.Infinite, cancellation);

    // A transaction of the one writer begins with "begin immediate", which locks out other processes already.
    public override Task LockMigrationsAsync(DbTransaction transaction, CancellationToken cancellation) => Task.CompletedTask;

    // In exclusive mode a connection only opens a file that no other has open, and no other can open it as long as it lives.
    public override async Task<DbTransaction> BeginStillAsync(CancellationToken cancellation)
    {
        if (File.Exists(file))
        {
            await InspectAsync(cancellation);
        }

        await CloseWriterAsync();
        readers.Clear();
        var settings = new SqliteConnectionStringBuilder(writerText) { Mode = SqliteOpenMode.ReadWrite };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await connection.ExecuteAsync(new CommandDefinition("pragma locking_mode = exclusive", cancellationToken: cancellation));
            return await connection.BeginTransactionAsync(cancellation);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SqliteBusy)
        {
            await connection.DisposeAsync();
            throw new DatabaseInUseException(file);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override bool IsTransient(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked };

    public override bool BlamesData(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: SqliteTooBig or SqliteConstraint or SqliteMismatch or SqliteRange };

    public override async ValueTask DisposeAsync()
    {
        await readers.DisposeAsync();
        await CloseWriterAsync();
    }

    private async Task CloseWriterAsync()
    {
        if (writer is not null)
        {
            SqliteStatement.End(writer);
            await writer.DisposeAsync();
            writer = null;
        }
    }

    private const int PagesUntilMerge = 4_000; // 16 MB
    private const int SqlitePagesWritten = 9;
    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteReadOnly = 8, SqliteCorrupt = 11, SqliteCannotOpen = 14, SqliteTooBig = 18,
        SqliteConstraint = 19, SqliteMismatch = 20, SqliteRange = 25, SqliteNotADatabase = 26;
}
