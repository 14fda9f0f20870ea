namespace Collector.Tests.Architecture.Broken.Surveys;

internal sealed class SeesStorage : Storage.IStore;

internal sealed class SeesSites
{
    public static Sites.SeesSurveys? Run() => null;
}
