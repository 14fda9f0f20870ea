namespace Collector.Tests.Architecture.Broken.Cellar;

internal sealed class Unplanned;
