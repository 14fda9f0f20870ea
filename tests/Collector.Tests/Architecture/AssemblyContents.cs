using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Collector.Tests.Architecture;

/// <summary>The types of an assembly, and what each of them sees; read from its metadata, without loading it.</summary>
/// <remarks>Constants and <c>nameof</c> leave no trace: the compiler puts the value in their place.</remarks>
internal sealed record AssemblyContents(ImmutableArray<NamedType> Types, ImmutableArray<Sighting> Sightings)
{
    public static AssemblyContents Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var names = new TypeNames(metadata);
        var attributes = new AttributeTypes(metadata, names);
        return new AssemblyContents(
            [.. metadata.TypeDefinitions.Select(names.Of).Where(type => type == type.Outermost)],
            [.. metadata.TypeDefinitions.SelectMany(type => new TypeContents(file, names, attributes, type).Sightings()).Distinct()]);
    }

    /// <summary>Only what stands in a namespace or below it.</summary>
    public AssemblyContents Below(string root) => new(
        [.. Types.Where(type => IsBelow(type, root))],
        [.. Sightings.Where(sighting => IsBelow(sighting.From, root))]);

    private static bool IsBelow(NamedType type, string root) => (type.Namespace + ".").StartsWith(root + ".", StringComparison.Ordinal);
}
