using System.Data.Common;
using Collector.Operations.Moving;
using Collector.Storage;
using Dapper;

namespace Collector.Operations;

/// <summary>
/// <c>collector move --to DATABASE</c>: copies all that is stored to another database, SQLite or PostgreSQL, and then holds both against each other. The source stands still meanwhile.
/// Rows are copied in the order of their keys: what is left by a move that was killed is the beginning of the source, and the next one sees that it is, and goes on from there.
/// </summary>
public sealed class Move(Database source, TimeProvider time)
{
    private const int RowsInATransaction = 2_000;

    // Whose data this is. They go first.
    private static readonly string[] Identity = ["secrets", "sites", "people"];

    // What a collector makes anew when it starts, and who is signed in: a move ends it.
    private static readonly string[] Passing = ["migrations", "key_ring", "links", "sessions"];

    /// <summary>The verb: 0 when both hold the same, 1 when something differs, 2 when a database cannot be read or written, or must not be. How far it is goes where errors go.</summary>
    public async Task<int> RunAsync(string? to, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var report = new MoveReport(output, errors, time);
        if (string.IsNullOrEmpty(to))
        {
            await report.RefuseAsync("Say where to: --to \"Host=…\" or --to \"Data Source=…\".");
            return 2;
        }

        try
        {
            await using var target = new Database(to);
            return await source.HoldStillAsync(from => MoveAsync(from, target, report, cancellation), cancellation) ? 0 : 1;
        }
        catch (Exception exception) when (exception is DbException or DatabaseRefusedException or MoveRefusedException or ArgumentException)
        {
            await report.RefuseAsync(exception.Message);
            return 2;
        }
    }

    private async Task<bool> MoveAsync(DbTransaction from, Database target, MoveReport report, CancellationToken cancellation)
    {
        var migration = await MigrationAsync(from, cancellation); // Before the target is touched: the source may be no database of ours.
        await new Migrations(target, time).ApplyAsync(cancellation);
        var (tables, there) = await target.HoldStillAsync(
            async to =>
            {
                await ExpectMigrationAsync(migration, to, cancellation);
                var tables = await TablesAsync(from, target, to, cancellation);
                return (tables, await ReadBeginningAsync(from, to, tables, report, cancellation));
            },
            cancellation);
        if (there is null)
        {
            await report.RefuseAsync("What the target holds is not the beginning of the source; it was left as it is. Move to an empty database.");
            return false;
        }

        var copied = new RowDigest[tables.Length];
        for (var i = 0; i < tables.Length; i++)
        {
            copied[i] = await CopyAsync(tables[i], from, target, there[i], report, cancellation);
        }

        return await target.HoldStillAsync(to => CompareAsync(tables, copied, to, report, cancellation), cancellation);
    }

    private static async Task ExpectMigrationAsync(long found, DbTransaction to, CancellationToken cancellation)
    {
        if (await MigrationAsync(to, cancellation) is var needed && found != needed)
        {
            throw new MoveRefusedException(
                $"The source has migration {found}, this version of Collector has {needed}. Take the version that worked on the source, or let this one start on it once.");
        }
    }

    private static Task<long> MigrationAsync(DbTransaction transaction, CancellationToken cancellation) => transaction.Connection!.ExecuteScalarAsync<long>(
        new CommandDefinition("select max(number) from migrations", transaction: transaction, cancellationToken: cancellation));

    // Whatever tables there are, so that none of a later migration is left behind.
    private async Task<TableRows[]> TablesAsync(DbTransaction from, Database target, DbTransaction to, CancellationToken cancellation)
    {
        var tables = await Table.ReadAllAsync(source, from, cancellation);
        var others = await Table.ReadAllAsync(target, to, cancellation);
        return tables.Except(others).Concat(others.Except(tables)).FirstOrDefault() is { } different
            ? throw new MoveRefusedException($"The table {different.Name} is not the same in both databases, or only in one of them.")
            : [.. tables.Where(table => !Passing.Contains(table.Name)).OrderBy(table => !Identity.Contains(table.Name)).Select(table => new TableRows(table))];
    }

    // How many rows each table has in the target, if they are the first of the source. Otherwise null, before anything is written: the target would become neither the one nor the other.
    private static async Task<long[]?> ReadBeginningAsync(DbTransaction from, DbTransaction to, TableRows[] tables, MoveReport report, CancellationToken cancellation)
    {
        var (rows, isBeginning) = (new long[tables.Length], true);
        foreach (var (i, table) in tables.Index())
        {
            var there = await table.CountAsync(to, cancellation);
            var target = await table.DigestAsync(to, cancellation, rows => report.TellAsync($"looking at {table.Name}", rows, there));
            var first = await table.DigestAsync(from, cancellation, most: target.Rows);
            rows[i] = target.Rows;
            if (target == first)
            {
                continue;
            }

            if (Identity.Contains(table.Name))
            {
                throw new MoveRefusedException($"The target holds {table.Name} that the source has not. Move to an empty database.");
            }

            await report.ResultAsync(table.Name, first, target);
            isBeginning = false;
        }

        return isBeginning ? rows : null;
    }

    // Gives the digest of all rows of the source, those included that were there already.
    private static async Task<RowDigest> CopyAsync(TableRows table, DbTransaction from, Database target, long there, MoveReport report, CancellationToken cancellation)
    {
        var total = await table.CountAsync(from, cancellation);
        var (read, batch) = (0L, new List<object?[]>(RowsInATransaction));
        using var hash = new RowHash();
        await foreach (var row in table.ReadAsync(from, long.MaxValue, cancellation))
        {
            hash.Add(row);
            if (++read > there)
            {
                batch.Add(row);
            }

            if (batch.Count == RowsInATransaction || (read == total && batch.Count > 0))
            {
                await table.InsertAsync(target, batch, cancellation);
                batch.Clear();
            }

            await report.TellAsync(table.Name, read, total);
        }

        return hash.End();
    }

    private static async Task<bool> CompareAsync(TableRows[] tables, RowDigest[] copied, DbTransaction to, MoveReport report, CancellationToken cancellation)
    {
        var isSame = true;
        foreach (var (table, digest) in tables.Zip(copied))
        {
            var target = await table.DigestAsync(to, cancellation, rows => report.TellAsync($"comparing {table.Name}", rows, digest.Rows));
            await report.ResultAsync(table.Name, digest, target);
            isSame &= target == digest;
        }

        return isSame;
    }
}
