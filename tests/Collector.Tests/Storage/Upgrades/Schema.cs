using Collector.Tests.Support;
using Dapper;
using Npgsql;

namespace Collector.Tests.Storage.Upgrades;

/// <summary>What a database says of its tables, columns, keys and indexes, as text to compare.</summary>
internal static class Schema
{
    public static async Task<string> ReadAsync(string connectionString)
    {
        await using var connection = await TestDatabase.OpenAsync(connectionString);
        return string.Join('\n', await connection.QueryAsync<string>(connection is NpgsqlConnection
            ? """
              select t.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' '
                  || coalesce(c.collname, '') || ' ' || coalesce(cast(t.reloptions as text), '')
              from pg_class t
              join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
              left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
              left join pg_collation c on c.oid = a.attcollation
              where t.relnamespace = 'public'::regnamespace and t.relkind = 'r'
              union all
              select indexdef from pg_indexes where schemaname = 'public'
              order by 1
              """
            : "select sql from sqlite_master where sql is not null order by name"));
    }
}
