using System.Data.Common;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Collector.Storage;

/// <summary>
/// A statement as PostgreSQL takes it for many rows: one command for all rows of a site, with an array for each parameter, and the commands of all sites in one round trip. A command
/// never names two sites, so that each has one place to go where tables are distributed by site.
/// </summary>
internal sealed partial class PostgresStatement<T>
{
    private readonly string sql;
    private readonly Parameter<T>? site;
    private readonly Parameter<T>[] others;
    private readonly bool isForEach;

    public PostgresStatement(string sql, Parameter<T>[] parameters)
    {
        site = parameters.SingleOrDefault(parameter => IsSite(parameter.Name));
        others = [.. parameters.Where(parameter => parameter != site)];

        // What has nothing to tell rows apart, or reads a table to insert into it, runs for each row: one may build on the one before.
        isForEach = site is null || others.Length == 0 || (sql.StartsWith("insert", StringComparison.Ordinal) && !Values().IsMatch(sql));
        this.sql = isForEach ? Names().Replace(sql, Position) : ForMany(sql);
    }

    public async Task ExecuteAsync(NpgsqlTransaction transaction, IEnumerable<T> rows, CancellationToken cancellation)
    {
        await using var batch = Batch(transaction, rows);
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }

    public async Task QueryAsync<TResult>(
        NpgsqlTransaction transaction, IEnumerable<T> rows, Func<IFields, TResult> read, List<TResult> results, CancellationToken cancellation)
    {
        await using var batch = Batch(transaction, rows);
        if (batch.BatchCommands.Count == 0)
        {
            return;
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var fields = new Fields(reader);
        do
        {
            while (await reader.ReadAsync(cancellation))
            {
                results.Add(read(fields));
            }
        }
        while (await reader.NextResultAsync(cancellation));
    }

    private static string TypeOf(Parameter<T> parameter) => parameter switch
    {
        { Text: not null } => "text",
        { Real: not null } => "double precision",
        _ => "bigint",
    };

    private static bool IsSite(string name) => name.Equals("site", StringComparison.OrdinalIgnoreCase);

    private NpgsqlBatch Batch(NpgsqlTransaction transaction, IEnumerable<T> rows)
    {
        var batch = new NpgsqlBatch(transaction.Connection, transaction);
        if (isForEach)
        {
            foreach (var row in rows)
            {
                batch.BatchCommands.Add(Command(row, others.Select(parameter => Value(parameter, row))));
            }
        }
        else
        {
            foreach (var ofSite in rows.GroupBy(row => site!.Text!(row), StringComparer.Ordinal))
            {
                T[] all = [.. ofSite];
                batch.BatchCommands.Add(Command(all[0], others.Select(parameter => Values(parameter, all))));
            }
        }

        return batch;
    }

    private NpgsqlBatchCommand Command(T row, IEnumerable<NpgsqlParameter> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        if (site is not null)
        {
            command.Parameters.Add(Value(site, row));
        }

        foreach (var value in values)
        {
            command.Parameters.Add(value);
        }

        return command;
    }

    private static NpgsqlParameter Value(Parameter<T> parameter, T row) => parameter switch
    {
        { Text: { } text } => new NpgsqlParameter<string?> { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = text(row) },
        { Real: { } real } => new NpgsqlParameter<double?> { NpgsqlDbType = NpgsqlDbType.Double, TypedValue = real(row) },
        _ => new NpgsqlParameter<long?> { NpgsqlDbType = NpgsqlDbType.Bigint, TypedValue = parameter.Number!(row) },
    };

    private static NpgsqlParameter Values(Parameter<T> parameter, T[] rows) => parameter switch
    {
        { Text: { } text } => new NpgsqlParameter<string?[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = Array.ConvertAll(rows, row => text(row)) },
        { Real: { } real } => new NpgsqlParameter<double?[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double, TypedValue = Array.ConvertAll(rows, row => real(row)) },
        _ => new NpgsqlParameter<long?[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, TypedValue = Array.ConvertAll(rows, row => parameter.Number!(row)) },
    };

    // The site is the first parameter, wherever it stands in the text.
    private string Position(Match name) =>
        IsSite(name.Groups["name"].Value) ? "$1" : $"${Array.FindIndex(others, parameter => parameter.Name == name.Groups["name"].Value) + (site is null ? 1 : 2)}";

    // The columns of what is given are called as the parameters are, with the @: so none is taken for one of the table.
    private string ForMany(string one)
    {
        var arrays = string.Join(", ", others.Select((parameter, i) => $"${i + 2}::{TypeOf(parameter)}[]"));
        var given = $"unnest({arrays}) as given ({string.Join(", ", others.Select(parameter => $"\"@{parameter.Name}\""))})";
        var many = Names().Replace(one, name => IsSite(name.Groups["name"].Value) ? "$1" : $"given.\"{name.Value}\"");
        return many.Split(' ', 2)[0] switch
        {
            "insert" => Values().Replace(many, values => $"select {values.Groups["list"].Value} from {given}", 1),
            "update" => Where().Replace(many, $"from {given} where", 1),
            "delete" => Where().Replace(many, $"using {given} where", 1),
            _ => $"select found.* from {given} cross join lateral ({many}) as found",
        };
    }

    [GeneratedRegex(@"@(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Names();

    [GeneratedRegex(@"\bvalues\s*\((?<list>[^()]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Values();

    [GeneratedRegex(@"\bwhere\b", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Where();

    private sealed class Fields(DbDataReader reader) : IFields
    {
        public string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        public long? Number(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
    }
}
