using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Dapper;

namespace Collector.Storage;

/// <summary>Brings a database to the schema that this version needs: numbered SQL files, forward only, each applied once.</summary>
public sealed class Migrations(Database database, TimeProvider time)
{
    /// <summary>
    /// Applies what is missing, in one transaction under a lock: killed half-way, nothing has happened. Where nothing can be written,
    /// it is enough that nothing is missing.
    /// </summary>
    /// <returns>Whether the database can be written to.</returns>
    /// <exception cref="DatabaseRefusedException">A newer version of Collector has been here, or the file is damaged.</exception>
    public async Task<bool> ApplyAsync(CancellationToken cancellation)
    {
        var isWritable = await database.Dialect.OpenAsync(cancellation);
        await (isWritable ? ApplyMissingAsync(cancellation) : ExpectAllAsync(cancellation));
        return isWritable;
    }

    private async Task ExpectAllAsync(CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var applied = await connection.ExecuteScalarAsync<int>(new CommandDefinition("select max(number) from migrations", cancellationToken: cancellation));
        var needed = ReadAll()[^1].Number;
        if (applied != needed)
        {
            throw applied > needed ? new NewerDatabaseException(applied, needed) : new OlderDatabaseException(applied, needed);
        }
    }

    private Task<int> ApplyMissingAsync(CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            await database.Dialect.LockMigrationsAsync(transaction, cancellation);
            var connection = transaction.Connection!;
            await connection.ExecuteAsync(
                """
                create table if not exists migrations (
                    number      integer not null primary key,
                    name        text    not null,
                    applied_at  bigint  not null
                )
                """,
                transaction: transaction);
            var applied = await connection.ExecuteScalarAsync<int>("select coalesce(max(number), 0) from migrations", transaction: transaction);
            var known = ReadAll();
            if (applied > known[^1].Number)
            {
                throw new NewerDatabaseException(applied, known[^1].Number);
            }

            foreach (var migration in known.Where(migration => migration.Number > applied))
            {
                await ApplyAsync(migration, transaction);
            }

            return known.Count;
        },
        cancellation);

    private async Task ApplyAsync(Migration migration, DbTransaction transaction)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(database.Dialect.Schema(migration.Sql), transaction: transaction, commandTimeout: 0); // An index on a large table takes its time.
        await connection.ExecuteAsync(
            "insert into migrations (number, name, applied_at) values (@Number, @Name, @AppliedAt)",
            new { migration.Number, migration.Name, AppliedAt = time.GetUtcNow().ToUnixTimeMilliseconds() },
            transaction);
    }

    private static List<Migration> ReadAll()
    {
        var assembly = typeof(Migrations).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .OrderBy(migration => migration.Number)];
    }

    private static Migration Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(resource.AsSpan(0, 3), CultureInfo.InvariantCulture), resource, reader.ReadToEnd());
    }

    private sealed record Migration(int Number, string Name, string Sql);
}
