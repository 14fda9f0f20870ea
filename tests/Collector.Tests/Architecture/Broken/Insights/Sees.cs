namespace Collector.Tests.Architecture.Broken.Insights;

internal sealed class SeesStorage : Storage.IStore;

internal sealed class SeesPostgres
{
    public static Npgsql.NpgsqlConnection? Run() => null;
}

internal sealed class SeesPostgresTypes
{
    public static bool Run(object value) => value is NpgsqlTypes.NpgsqlDbType;
}

internal sealed class SeesSqlite
{
    public static bool Run(object value) => value is Microsoft.Data.Sqlite.SqliteException;
}

internal sealed class SeesSqliteCore
{
    public static bool Run(object value) => value is SQLitePCL.sqlite3;
}

internal sealed class SeesDapper
{
    public static int Run() => Dapper.SqlMapper.GetCachedSQLCount();
}
