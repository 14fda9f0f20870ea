namespace Collector.Tests.Architecture;

/// <summary>A folder below the root, and what its types may see besides each other.</summary>
internal sealed record Room(string Name)
{
    /// <summary>The other rooms that it may see.</summary>
    public string[] Sees { get; init; } = [];

    /// <summary>The only namespaces outside the house that it may see; null where any will do.</summary>
    public string[]? Only { get; init; }

    /// <summary>Namespaces and assemblies that it may not see, with all below them.</summary>
    public string[] Never { get; init; } = [];

    /// <summary>Whether it may see a type from outside the house.</summary>
    public bool MaySee(NamedType outside) =>
        (Only is null || Array.Exists(Only, name => Covers(name, outside.Namespace)))
        && !Array.Exists(Never, name => Covers(name, outside.Namespace) || Covers(name, outside.Assembly));

    private static bool Covers(string name, string dotted) => (dotted + ".").StartsWith(name + ".", StringComparison.Ordinal);
}
