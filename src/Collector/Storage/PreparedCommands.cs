using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Collector.Storage;

/// <summary>Commands of the hot path: prepared once per connection and used again, where preparing costs more than running.</summary>
public static partial class PreparedCommands
{
    private static readonly ConditionalWeakTable<DbConnection, Dictionary<string, DbCommand>> Known = [];

    /// <summary>The command of this text with its parameters set, in the order in which their names first appear in it.</summary>
    public static DbCommand Prepared(this DbTransaction transaction, string sql, params ReadOnlySpan<object?> values)
    {
        var commands = Known.GetOrCreateValue(transaction.Connection!);
        var isNew = !commands.TryGetValue(sql, out var command);
        if (isNew)
        {
            commands[sql] = command = Create(transaction.Connection!, sql);
        }

        command!.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        if (isNew)
        {
            command.Prepare();
        }

        return command;
    }

    private static DbCommand Create(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in ParameterNames().Matches(sql).Select(match => match.Value).Distinct())
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    [GeneratedRegex(@"@\w+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ParameterNames();
}
