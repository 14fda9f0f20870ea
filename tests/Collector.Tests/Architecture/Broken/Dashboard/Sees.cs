namespace Collector.Tests.Architecture.Broken.Dashboard;

internal sealed class SeesInsights
{
    public static Insights.SeesStorage? Run() => null;
}
