namespace Collector.Tests.Support;

/// <summary>Tests that measure time run when no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
