using Collector.Operations.Moving;
using Collector.Storage;
using Dapper;

namespace Collector.Tests.Storage.Upgrades;

/// <summary>A database as an earlier version left it: with the first migrations alone, and rows in every table.</summary>
internal sealed class EarlierDatabase
{
    private const int RowsOfATable = 3;

    private readonly string connectionString;
    private readonly IReadOnlyList<Table> tables;
    private readonly Dictionary<string, RowDigest> digests;

    private EarlierDatabase(string connectionString, IReadOnlyList<Table> tables, Dictionary<string, RowDigest> digests) =>
        (this.connectionString, this.tables, this.digests) = (connectionString, tables, digests);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The files of all migrations there are, in their order.</summary>
    public static IReadOnlyList<string> Migrations { get; } =
        [.. typeof(Database).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Makes one in an empty database.</summary>
    public static async Task<EarlierDatabase> MakeAsync(string connectionString, int migrations)
    {
        await using var database = new Database(connectionString);
        await database.Dialect.OpenAsync(Cancellation);
        var made = await database.WriteAsync(
            async transaction =>
            {
                // As every version has made it: what later ones read first, and know an earlier one by.
                await transaction.Connection!.ExecuteAsync(
                    "create table migrations (number integer not null primary key, name text not null, applied_at bigint not null)", transaction: transaction);
                for (var i = 0; i < migrations; i++)
                {
                    using var file = new StreamReader(typeof(Database).Assembly.GetManifestResourceStream(Migrations[i])!);
                    await transaction.Connection!.ExecuteAsync(database.Dialect.Schema(await file.ReadToEndAsync(Cancellation)), transaction: transaction);
                    await transaction.Connection!.ExecuteAsync(
                        "insert into migrations (number, name, applied_at) values (@Number, @Name, 1)", new { Number = i + 1, Name = Migrations[i] }, transaction);
                }

                return await Table.ReadAllAsync(database, transaction, Cancellation);
            },
            Cancellation);

        // What is applied is known, and more will be; all else must stay.
        made = [.. made.Where(table => table.Name != "migrations")];
        foreach (var table in made)
        {
            await new TableRows(table).InsertAsync(database, [.. Enumerable.Range(1, RowsOfATable).Select(row => Some(table, row))], Cancellation);
        }

        return new EarlierDatabase(connectionString, made, await DigestsAsync(database, made));
    }

    /// <summary>Opens it as the program does when it starts.</summary>
    public async Task OpenAsync()
    {
        await using var database = new Database(connectionString);
        await new Migrations(database, TimeProvider.System).ApplyAsync(Cancellation);
    }

    /// <summary>All rows that were there are there as they were, in the columns that they had.</summary>
    public async Task AssertIntactAsync()
    {
        await using var database = new Database(connectionString);
        Assert.All(digests.Values, digest => Assert.Equal(RowsOfATable, digest.Rows));
        Assert.Equal(digests, await DigestsAsync(database, tables));
    }

    private static Task<Dictionary<string, RowDigest>> DigestsAsync(Database database, IReadOnlyList<Table> tables) => database.WriteAsync(
        async transaction =>
        {
            var found = new Dictionary<string, RowDigest>();
            foreach (var table in tables)
            {
                found.Add(table.Name, await new TableRows(table).DigestAsync(transaction, Cancellation));
            }

            return found;
        },
        Cancellation);

    private static object?[] Some(Table table, int row) =>
        [.. table.Columns.Select((column, i) => column.Type switch
        {
            ColumnType.Text => (object?)$"{column.Name} {row} é",
            ColumnType.Real => row + 0.25,
            _ => (long)((i * 10) + row),
        })];
}
