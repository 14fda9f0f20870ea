using System.Collections.Immutable;
using System.Reflection.Metadata;
using Types = System.Collections.Immutable.ImmutableArray<Collector.Tests.Architecture.NamedType>;

namespace Collector.Tests.Architecture;

/// <summary>Every type that a signature mentions. Primitive types and type parameters are nobody's, so they are left out.</summary>
internal sealed class SignatureTypes(TypeNames names) : ISignatureTypeProvider<Types, object?>
{
    public static Types Of(MethodSignature<Types> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(types => types)];

    public Types GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public Types GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [names.Of(handle)];

    public Types GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [names.Of(handle)];

    public Types GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        names.Of((EntityHandle)handle);

    public Types GetGenericInstantiation(Types genericType, ImmutableArray<Types> typeArguments) =>
        [.. genericType, .. typeArguments.SelectMany(types => types)];

    public Types GetFunctionPointerType(MethodSignature<Types> signature) => Of(signature);

    public Types GetModifiedType(Types modifier, Types unmodifiedType, bool isRequired) => [.. modifier, .. unmodifiedType];

    public Types GetSZArrayType(Types elementType) => elementType;

    public Types GetArrayType(Types elementType, ArrayShape shape) => elementType;

    public Types GetByReferenceType(Types elementType) => elementType;

    public Types GetPointerType(Types elementType) => elementType;

    public Types GetPinnedType(Types elementType) => elementType;

    public Types GetGenericMethodParameter(object? genericContext, int index) => [];

    public Types GetGenericTypeParameter(object? genericContext, int index) => [];
}
