using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Collector.Tests.Architecture;

/// <summary>The names of the types that a handle of one assembly's metadata stands for or mentions.</summary>
internal sealed class TypeNames
{
    private readonly MetadataReader metadata;
    private readonly string assembly;
    private readonly SignatureTypes signatures;

    public TypeNames(MetadataReader metadata)
    {
        this.metadata = metadata;
        assembly = metadata.GetString(metadata.GetAssemblyDefinition().Name);
        signatures = new SignatureTypes(this);
    }

    public NamedType Of(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        if (!type.IsNested)
        {
            return new NamedType(assembly, metadata.GetString(type.Namespace), name);
        }

        var around = Of(type.GetDeclaringType());
        return around with { Name = $"{around.Name}+{name}" };
    }

    public NamedType Of(TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            var around = Of((TypeReferenceHandle)type.ResolutionScope);
            return around with { Name = $"{around.Name}+{name}" };
        }

        var home = type.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)
            : assembly;
        return new NamedType(home, metadata.GetString(type.Namespace), name);
    }

    /// <summary>The type that an attribute's value spells out, with its type arguments.</summary>
    public ImmutableArray<NamedType> Of(TypeName type)
    {
        if (type.IsConstructedGenericType)
        {
            return [.. Of(type.GetGenericTypeDefinition()), .. type.GetGenericArguments().SelectMany(argument => Of(argument))];
        }

        if (!type.IsSimple)
        {
            return Of(type.GetElementType());
        }

        var outermost = type;
        while (outermost.IsNested)
        {
            outermost = outermost.DeclaringType;
        }

        var dot = outermost.FullName.LastIndexOf('.');
        return [new NamedType(type.AssemblyName?.Name ?? assembly, dot < 0 ? "" : type.FullName[..dot], type.FullName[(dot + 1)..])];
    }

    /// <summary>Every type that an instruction, a base type or a catch clause mentions; for a member, its type and its signature's types.</summary>
    public ImmutableArray<NamedType> Of(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return [Of((TypeDefinitionHandle)handle)];
            case HandleKind.TypeReference:
                return [Of((TypeReferenceHandle)handle)];
            case HandleKind.TypeSpecification:
                return metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(signatures, null);
            case HandleKind.FieldDefinition:
                var field = metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                return [Of(field.GetDeclaringType()), .. field.DecodeSignature(signatures, null)];
            case HandleKind.PropertyDefinition:
                return SignatureTypes.Of(metadata.GetPropertyDefinition((PropertyDefinitionHandle)handle).DecodeSignature(signatures, null));
            case HandleKind.MethodDefinition:
                var method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return [Of(method.GetDeclaringType()), .. SignatureTypes.Of(method.DecodeSignature(signatures, null))];
            case HandleKind.MethodSpecification:
                var generic = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                return [.. Of(generic.Method), .. generic.DecodeSignature(signatures, null).SelectMany(types => types)];
            case HandleKind.MemberReference:
                var member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                return [.. Of(member.Parent), .. member.GetKind() == MemberReferenceKind.Field
                    ? member.DecodeFieldSignature(signatures, null)
                    : SignatureTypes.Of(member.DecodeMethodSignature(signatures, null))];
            case HandleKind.StandaloneSignature:
                var signature = metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle);
                return signature.GetKind() == StandaloneSignatureKind.LocalVariables
                    ? [.. signature.DecodeLocalSignature(signatures, null).SelectMany(types => types)]
                    : SignatureTypes.Of(signature.DecodeMethodSignature(signatures, null));
            case HandleKind.ModuleReference:
                return []; // A native library: it has functions, no types.
            default:
                throw new InvalidDataException($"No rule for how a {handle.Kind} names types.");
        }
    }
}
