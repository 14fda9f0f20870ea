using System.Data.Common;
using Dapper;

namespace Collector.Storage;

/// <summary>What a column holds.</summary>
public enum ColumnType
{
    /// <summary>Text, read as <see cref="string"/>.</summary>
    Text,

    /// <summary>Whole numbers, read as <see cref="long"/>.</summary>
    Number,

    /// <summary>Numbers with decimals, read as <see cref="double"/>.</summary>
    Real,
}

/// <summary>A column of a table.</summary>
public sealed record Column(string Name, ColumnType Type);

/// <summary>A table as the database itself describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">All its columns, in the order in which they were made.</param>
/// <param name="Key">The columns of its primary key, in the order of the key.</param>
public sealed record Table(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<string> Key)
{
    /// <summary>All tables of a database, by name.</summary>
    public static async Task<IReadOnlyList<Table>> ReadAllAsync(Database database, DbTransaction transaction, CancellationToken cancellation)
    {
        var columns = await transaction.Connection!.QueryAsync<(string Table, string Name, string Type, long? PlaceInKey)>(
            new CommandDefinition(database.Dialect.AllColumns, transaction: transaction, cancellationToken: cancellation));
        return
        [
            .. columns.GroupBy(column => column.Table, StringComparer.Ordinal).Select(table => new Table(
                table.Key,
                [.. table.Select(column => new Column(column.Name, TypeOf(column.Type, table.Key)))],
                [.. table.Where(column => column.PlaceInKey is not null).OrderBy(column => column.PlaceInKey).Select(column => column.Name)])),
        ];
    }

    /// <inheritdoc/>
    public bool Equals(Table? other) => other is not null && Name == other.Name && Columns.SequenceEqual(other.Columns) && Key.SequenceEqual(other.Key);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    private static ColumnType TypeOf(string declared, string table) => declared switch
    {
        "text" => ColumnType.Text,
        "integer" or "bigint" => ColumnType.Number,
        "double precision" => ColumnType.Real,
        _ => throw new ForeignTableException(table, declared),
    };
}
