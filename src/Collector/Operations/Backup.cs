using System.Data.Common;
using System.Globalization;
using Collector.Storage;
using Dapper;

namespace Collector.Operations;

/// <summary>
/// <c>collector backup FILE</c>: a copy of all that is stored at one moment, made beside a running collector, which notices nothing; and <c>collector restore FILE</c>, which looks at such a copy before it puts it in
/// the place of <c>Collector:Database</c>. Of SQLite: PostgreSQL has <c>pg_dump</c> for this.
/// </summary>
public sealed class Backup(Database database, TimeProvider time)
{
    /// <summary>Makes a copy: 0 when it is whole, 2 when it cannot be made.</summary>
    public async Task<int> MakeAsync(string file, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            if (File.Exists(file))
            {
                throw new BackupRefusedException($"{file} is there already.");
            }

            await database.Dialect.BackUpAsync(file, cancellation);
            await using var copy = new Database(Source(file));
            await output.WriteLineAsync($"{file}: {await DescribeAsync(copy, cancellation)}");
            return 0;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            await errors.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    /// <summary>Puts a copy in the place of the database: 0 when it is there, 2 when it is not whole, or something is in its place that must not be replaced.</summary>
    public async Task<int> RestoreAsync(string file, bool replace, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            var place = database.Dialect.FileName ?? throw new BackupRefusedException("A copy is restored to a SQLite file. To bring it to PostgreSQL, restore it to a file and move that: collector move --to \"Host=…\".");
            if (!File.Exists(file))
            {
                throw new BackupRefusedException($"There is no {file}.");
            }

            if (new FileInfo(place) is { Exists: true, Length: > 0 } && !replace)
            {
                throw new BackupRefusedException($"{place} is there already. With --replace it is kept as {place}.before-restore.");
            }

            // Beside its place, so that the last step is one name for another; and brought to this version there, so that it is known to open.
            var coming = place + ".restoring";
            await CopyAsync(file, coming, cancellation);
            string description;
            await using (var copy = new Database(Source(coming)))
            {
                description = await DescribeAsync(copy, cancellation);
                await new Migrations(copy, time).ApplyAsync(cancellation);
            }

            await KeepAsync(place, cancellation);
            File.Move(coming, place, overwrite: true);
            await output.WriteLineAsync($"{place}: {description}");
            return 0;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            await errors.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    // What it holds, if it is whole.
    private static async Task<string> DescribeAsync(Database copy, CancellationToken cancellation)
    {
        await using var connection = await copy.ReadAsync(cancellation);
        if (await connection.ExecuteScalarAsync<string>(new CommandDefinition("pragma integrity_check(1)", commandTimeout: 0, cancellationToken: cancellation)) is not "ok" and var fault)
        {
            throw new BackupRefusedException($"It is not whole: {fault}");
        }

        var (sites, responses, migration) = await connection.QuerySingleAsync<(long Sites, long Responses, long Migration)>(new CommandDefinition(
            "select (select count(*) from sites), (select count(*) from responses), (select max(number) from migrations)", commandTimeout: 0, cancellationToken: cancellation));
        return string.Create(CultureInfo.InvariantCulture, $"{sites} sites, {responses} responses, migration {migration}, whole");
    }

    private static async Task CopyAsync(string from, string to, CancellationToken cancellation)
    {
        await using var source = File.OpenRead(from);
        await using var target = new FileStream(to, FileMode.Create, FileAccess.Write);
        await source.CopyToAsync(target, cancellation);
        target.Flush(flushToDisk: true);
    }

    // Nobody may have it open; with the log merged into it, the file is all there is of it.
    private async Task KeepAsync(string place, CancellationToken cancellation)
    {
        if (!File.Exists(place))
        {
            return;
        }

        await database.HoldStillAsync(_ => Task.FromResult(0), cancellation);
        File.Move(place, place + ".before-restore", overwrite: true);
        foreach (var rest in (string[])["-wal", "-shm"])
        {
            File.Delete(place + rest);
        }
    }

    private static string Source(string file) => new DbConnectionStringBuilder { ["Data Source"] = file }.ConnectionString;

    private static bool IsRefusal(Exception exception) => exception is DbException or DatabaseRefusedException or IOException or UnauthorizedAccessException;
}
