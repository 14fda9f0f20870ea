namespace Collector.Tests.Architecture.Broken.Ingest;

internal sealed class SeesSites
{
    public static Sites.SeesSurveys? Run() => null;
}

internal sealed class SeesInsights
{
    public static Insights.SeesStorage? Run() => null;
}

internal sealed class SeesDashboard
{
    public static Dashboard.SeesInsights? Run() => null;
}

internal sealed class SeesProgram
{
    public static Program? Run() => null;
}
