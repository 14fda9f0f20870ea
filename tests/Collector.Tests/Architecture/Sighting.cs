namespace Collector.Tests.Architecture;

/// <summary>One type refers to another somewhere: in its declaration, in a member's, or in a body.</summary>
internal sealed record Sighting(NamedType From, NamedType To, string Where);
