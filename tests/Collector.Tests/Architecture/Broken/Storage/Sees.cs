namespace Collector.Tests.Architecture.Broken.Storage;

internal sealed class SeesFeedback
{
    public static Feedback.Field? Run() => null;
}

internal sealed class SeesStatistics
{
    public static Statistics.SeesMathNet? Run() => null;
}

internal sealed class SeesDrivers
{
    public static Npgsql.NpgsqlConnection? Server() => null;

    public static Microsoft.Data.Sqlite.SqliteConnection? File() => null;
}
