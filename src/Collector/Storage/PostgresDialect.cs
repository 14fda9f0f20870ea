using System.Buffers.Binary;
using System.Data.Common;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace Collector.Storage;

/// <summary>
/// Any number of processes. Who reads a site and then writes it first raises the site's ledger, which locks it: so writers of one site follow one another, as all writers of a
/// SQLite file do, and those of others do not wait for them.
/// </summary>
internal sealed partial class PostgresDialect : Dialect
{
    private const long MigrationLock = 0x436F6C6C6563746F; // "Collecto"

    // Writers find all by key. A plan that was made while a table was small, and is kept, must not read much of it when it has grown.
    private const string ByKeyAlone = "-c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_material=off -c enable_memoize=off";

    private const string Roomy = "with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02)";

    private const string ReadOnly = "25006", LockNotAvailable = "55P03", Warning = "01000";

    private readonly NpgsqlDataSource readers, writers, listeners;
    private long written;
    private Task learning = Task.CompletedTask;

    // Seconds. A commit may wait for a standby that does not answer; whoever sent the response does not.
    private const int LongestWrite = 5;

    // At the same time; they take a millisecond.
    private const int MostLookups = 4;

    public PostgresDialect(string connectionString)
    {
        // What the operator sets counts. Two pools, so that figures can never take the connections that responses need; together they leave room for three
        // collectors among the hundred connections of a PostgreSQL that nobody has configured.
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        Default(settings, "Application Name", "collector");
        Default(settings, "Timeout", 3); // Seconds. Nobody waits for a host that is gone.
        Default(settings, "Command Timeout", 20);
        Default(settings, "Keepalive", 5);
        Default(settings, "Max Auto Prepare", 200);
        Default(settings, "Auto Prepare Min Usages", 2);
        Default(settings, "Maximum Pool Size", 20);
        var options = settings.Options;

        // Figures are short; to compile them takes longer than to run them.
        settings.Options = $"{options} -c jit=off -c default_transaction_read_only=on".Trim();
        readers = NpgsqlDataSource.Create(settings.ConnectionString);

        // A process that stands still in the middle of a transaction, or is cut off from the network, keeps its sites from all others: the server would wait for it for hours.
        settings.Options = $"{options} -c jit=off -c lock_timeout=2000 -c idle_in_transaction_session_timeout=5000 -c plan_cache_mode=force_generic_plan {ByKeyAlone}".Trim();
        settings.CommandTimeout = Math.Min(settings.CommandTimeout, LongestWrite);
        settings.MaxPoolSize = Writers + MostLookups;
        writers = NpgsqlDataSource.Create(settings.ConnectionString);

        settings.Pooling = false;
        listeners = NpgsqlDataSource.Create(settings.ConnectionString);
    }

    public override DbDataSource Readers => readers;

    public override DbDataSource Lookups => writers;

    public override string? FileName => null;

    public override Task BackUpAsync(string to, CancellationToken cancellation) =>
        throw new BackupRefusedException("PostgreSQL makes its own copies: pg_dump --format=custom, or pg_basebackup with its log for any moment. A copy as a SQLite file: collector move --to \"Data Source=…\".");

    public override int Writers => 4;

    // Text is compared byte by byte, as SQLite does, whatever the language of the database. Where rows are written anew, their old versions are cleared away by the page, if it has room for
    // the new one, and of large tables when a fiftieth is old: by default it would be a fifth.
    public override string Schema(string migration) => TextColumn().Replace(
        migration.Replace("[clustered]", Roomy, StringComparison.Ordinal).Replace("[revised]", Roomy, StringComparison.Ordinal), "${column}text collate \"C\"");

    // As an array, which is looked up in the index number by number; for "in (select …)" it would read the whole table.
    public override string InNumbers(string parameter) => $"= any (array(select cast(value as bigint) from json_array_elements_text(cast({parameter} as json))))";

    public override string InTexts(string parameter) => $"= any (array(select value from json_array_elements_text(cast({parameter} as json))))";

    public override string AllColumns =>
        """
        select tables.relname, columns.attname, format_type(columns.atttypid, columns.atttypmod),
          cast(array_position(cast(keys.indkey as smallint[]), columns.attnum) as bigint)
        from pg_class as tables
        join pg_attribute as columns on columns.attrelid = tables.oid and columns.attnum > 0 and not columns.attisdropped
        left join pg_index as keys on keys.indrelid = tables.oid and keys.indisprimary
        where tables.relnamespace = cast(current_schema() as regnamespace) and tables.relkind in ('r', 'p') and not tables.relispartition
        order by tables.relname collate "C", columns.attnum
        """;

    public override Task<bool> OpenAsync(CancellationToken cancellation) => Task.FromResult(true);

    public override async ValueTask<DbConnection> TakeWriterAsync(CancellationToken cancellation) =>
        await writers.OpenConnectionAsync(cancellation);

    // A server that has become a standby only reads; another one is the primary now, and new connections find it.
    public override async ValueTask ReturnWriterAsync(DbConnection connection, DbException? failure)
    {
        if (failure?.SqlState == ReadOnly)
        {
            writers.Clear();
        }

        await connection.DisposeAsync();
        if (failure is null && BitOperations.IsPow2(Interlocked.Increment(ref written)) && learning.IsCompleted)
        {
            learning = LearnAsync(); // Beside the writers: nobody's reply waits for it.
        }
    }

    // PostgreSQL looks at a new table for the first time after a minute or two. Until then it takes any index that begins with the site for as good as any other, keeps to it, and
    // reads all that a site has to find one row of it.
    private async Task LearnAsync()
    {
        try
        {
            await using var connection = await writers.OpenConnectionAsync();
            if (await connection.ExecuteScalarAsync<bool>("select coalesce((select reltuples < 20000 from pg_class where oid = to_regclass('responses')), false)"))
            {
                await connection.ExecuteAsync("analyze (skip_locked) responses, touchpoints, cells, score_cells, totals, intent_totals, score_totals");
            }
        }
        catch (DbException)
        {
            // What was to be written is; it will be looked at later.
        }
    }

    // Where a standby must have it too, a commit that is cut off while it waits for the standby only warns: it is on this server alone, and would be lost with it.
    public override async Task CommitAsync(DbTransaction transaction, CancellationToken cancellation)
    {
        var connection = (NpgsqlConnection)transaction.Connection!;
        PostgresNotice? warning = null;
        void Note(object sender, NpgsqlNoticeEventArgs notice) => warning = notice.Notice.SqlState == Warning ? notice.Notice : warning;
        connection.Notice += Note;
        try
        {
            await transaction.CommitAsync(cancellation);
        }
        finally
        {
            connection.Notice -= Note;
        }

        if (warning is not null)
        {
            throw new NotReplicatedException(warning.MessageText);
        }
    }

    /// <summary>
    /// Waits in line for these sites until the transaction ends. The ledger's row alone would be lock enough, but no line: who has waited for a row finds it replaced by a new version, and
    /// begins to wait anew, while the one who held it comes again and is first. Two collectors under load would leave one of them standing.
    /// </summary>
    public static async Task TakeTurnAsync(NpgsqlTransaction transaction, IEnumerable<string> sites, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(number) from unnest($1) as number", transaction.Connection, transaction);

        // In one order, so that who waits for a site holds none that comes after it; by the number, since two sites may share one.
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. sites.Select(NumberOf).Order()] });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static long NumberOf(string site) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(site)));

    // The server does it: autovacuum gives the place to others, and its log is recycled.
    public override Task<bool> WipeAsync(CancellationToken cancellation) => Task.FromResult(true);

    public override Task TellOthersAsync(DbTransaction transaction, CancellationToken cancellation) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition("notify collector", transaction: transaction, cancellationToken: cancellation));

    public override async Task ListenAsync(Action heard, CancellationToken cancellation)
    {
        await using var connection = await listeners.OpenConnectionAsync(cancellation);
        connection.Notification += (_, _) => heard();
        await connection.ExecuteAsync(new CommandDefinition("listen collector", cancellationToken: cancellation));
        heard(); // What was told before, nobody heard.
        while (true)
        {
            await connection.WaitAsync(cancellation);
        }
    }

    // However long the migrations of another take: the wait for this lock alone has no end.
    public override Task LockMigrationsAsync(DbTransaction transaction, CancellationToken cancellation) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "set local lock_timeout = 0; select pg_advisory_xact_lock(@MigrationLock); reset lock_timeout", new { MigrationLock }, transaction, commandTimeout: 0, cancellationToken: cancellation));

    public override async Task<DbTransaction> BeginStillAsync(CancellationToken cancellation)
    {
        var connection = await writers.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellation);
            await connection.ExecuteAsync(new CommandDefinition("set local idle_in_transaction_session_timeout = 0", cancellationToken: cancellation));
            var tables = (await connection.QueryAsync<(string Name, string, string, long?)>(new CommandDefinition(AllColumns, cancellationToken: cancellation)))
                .Select(column => $"\"{column.Name}\"").Distinct();
            await connection.ExecuteAsync(new CommandDefinition($"lock table {string.Join(", ", tables)} in share row exclusive mode", cancellationToken: cancellation));
            return transaction;
        }
        catch (PostgresException exception) when (exception.SqlState == LockNotAvailable)
        {
            await connection.DisposeAsync();
            throw new DatabaseInUseException($"The database {connection.Database}");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Who has waited to the end of patience does not begin anew.
    public override bool IsTransient(DbException exception) => exception.IsTransient && exception.InnerException is not TimeoutException;

    // Class 22 is "data exception", 23 "integrity constraint violation".
    public override bool BlamesData(DbException exception) => exception.SqlState is ['2', '2' or '3', ..];

    public override async ValueTask DisposeAsync()
    {
        await learning;
        await readers.DisposeAsync();
        await writers.DisposeAsync();
        await listeners.DisposeAsync();
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
        {
            settings[keyword] = value;
        }
    }

    [GeneratedRegex(@"^(?<column>    \w+ +)text\b", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TextColumn();

    /// <summary>What was committed may be on one server only. Whoever sends it again has it acknowledged when it is where it should be.</summary>
    private sealed class NotReplicatedException(string message) : DbException(message);
}
