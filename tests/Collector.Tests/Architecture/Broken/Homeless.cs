namespace Collector.Tests.Architecture.Broken;

internal sealed class Homeless;
