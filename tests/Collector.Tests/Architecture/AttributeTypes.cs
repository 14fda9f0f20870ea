using System.Collections.Immutable;
using System.Reflection.Metadata;
using Types = System.Collections.Immutable.ImmutableArray<Collector.Tests.Architecture.NamedType>;

namespace Collector.Tests.Architecture;

/// <summary>Every type that an attribute mentions: its own, those in <c>typeof(…)</c>, and those of enum values.</summary>
internal sealed class AttributeTypes(MetadataReader metadata, TypeNames names) : ICustomAttributeTypeProvider<Types>
{
    private static readonly NamedType SystemType = new("System.Runtime", "System", "Type");

    private readonly EnumTypes enums = new();

    public IEnumerable<NamedType> Of(CustomAttributeHandleCollection attributes) => attributes.SelectMany(Of);

    private IEnumerable<NamedType> Of(CustomAttributeHandle handle)
    {
        var attribute = metadata.GetCustomAttribute(handle);
        var values = attribute.DecodeValue(this);
        return
        [
            .. names.Of(attribute.Constructor),
            .. values.FixedArguments.SelectMany(argument => Of(argument.Type, argument.Value)),
            .. values.NamedArguments.SelectMany(argument => Of(argument.Type, argument.Value)),
        ];
    }

    private static Types Of(Types type, object? value) => value switch
    {
        Types named => [.. type, .. named],
        ImmutableArray<CustomAttributeTypedArgument<Types>> elements =>
            [.. type, .. elements.SelectMany(element => Of(element.Type, element.Value))],
        _ => type,
    };

    public Types GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public Types GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [names.Of(handle)];

    public Types GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [names.Of(handle)];

    public Types GetTypeFromSerializedName(string? name) => name is null ? [] : names.Of(TypeName.Parse(name));

    public Types GetSZArrayType(Types elementType) => elementType;

    public Types GetSystemType() => [SystemType];

    public bool IsSystemType(Types type) => type is [{ Namespace: "System", Name: "Type" }];

    public PrimitiveTypeCode GetUnderlyingEnumType(Types type) => enums.Underlying(Assert.Single(type));
}
