using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Collector.Tests.Architecture;

/// <summary>What enums are made of. An attribute's values cannot be read without it, and only the enum's own assembly knows.</summary>
internal sealed class EnumTypes
{
    private static readonly Dictionary<string, string> Files = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .DistinctBy(Path.GetFileNameWithoutExtension) // The runtime's own is listed twice.
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!);

    private readonly Dictionary<NamedType, PrimitiveTypeCode> known = [];

    public PrimitiveTypeCode Underlying(NamedType type)
    {
        if (!known.TryGetValue(type, out var underlying))
        {
            known.Add(type, underlying = Read(type));
        }

        return underlying;
    }

    private static PrimitiveTypeCode Read(NamedType type)
    {
        using var file = new PEReader(File.OpenRead(Files[type.Assembly]));
        var metadata = file.GetMetadataReader();
        var names = new TypeNames(metadata);
        foreach (var handle in metadata.TypeDefinitions)
        {
            if (names.Of(handle) == type)
            {
                return ValueField(metadata, metadata.GetTypeDefinition(handle));
            }
        }

        return Read(type with { Assembly = ForwardedTo(metadata, type.Outermost) });
    }

    private static PrimitiveTypeCode ValueField(MetadataReader metadata, TypeDefinition type)
    {
        var field = type.GetFields().Select(metadata.GetFieldDefinition).Single(field => metadata.StringComparer.Equals(field.Name, "value__"));
        var signature = metadata.GetBlobReader(field.Signature);
        signature.ReadSignatureHeader();
        return (PrimitiveTypeCode)signature.ReadSignatureTypeCode();
    }

    private static string ForwardedTo(MetadataReader metadata, NamedType type)
    {
        var forward = metadata.ExportedTypes.Select(metadata.GetExportedType).First(forward =>
            metadata.StringComparer.Equals(forward.Name, type.Name) && metadata.StringComparer.Equals(forward.Namespace, type.Namespace));
        return metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)forward.Implementation).Name);
    }
}
