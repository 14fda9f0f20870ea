namespace Collector.Tests.Architecture.Broken.Sites;

internal sealed class SeesSurveys
{
    public static Surveys.SeesStorage? Run() => null;
}

internal sealed class SeesIngest
{
    public static Ingest.SeesSites? Run() => null;
}
