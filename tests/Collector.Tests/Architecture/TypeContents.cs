using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Collector.Tests.Architecture;

/// <summary>What one type sees, and where.</summary>
internal sealed class TypeContents(PEReader file, TypeNames names, AttributeTypes attributes, TypeDefinitionHandle handle)
{
    private readonly MetadataReader metadata = file.GetMetadataReader();
    private readonly NamedType self = names.Of(handle);

    public IEnumerable<Sighting> Sightings()
    {
        var type = metadata.GetTypeDefinition(handle);
        return
        [
            .. Declaration(type),
            .. type.GetFields().SelectMany(Field),
            .. type.GetProperties().SelectMany(Property),
            .. type.GetEvents().SelectMany(Event),
            .. type.GetMethods().SelectMany(Method),
        ];
    }

    private IEnumerable<Sighting> Declaration(TypeDefinition type) =>
    [
        .. Seen(type.BaseType.IsNil ? [] : names.Of(type.BaseType), "base type"),
        .. type.GetInterfaceImplementations().Select(metadata.GetInterfaceImplementation).SelectMany(implementation =>
            Seen([.. names.Of(implementation.Interface), .. attributes.Of(implementation.GetCustomAttributes())], "interface")),
        .. Seen(TypeParameters(type.GetGenericParameters()), "type parameter"),
        .. Seen(attributes.Of(type.GetCustomAttributes()), "attribute"),
    ];

    private IEnumerable<Sighting> Field(FieldDefinitionHandle field)
    {
        var definition = metadata.GetFieldDefinition(field);
        var name = metadata.GetString(definition.Name);
        return [.. Seen(names.Of(field), "field", name), .. Seen(attributes.Of(definition.GetCustomAttributes()), "attribute of", name)];
    }

    private IEnumerable<Sighting> Property(PropertyDefinitionHandle property)
    {
        var definition = metadata.GetPropertyDefinition(property);
        var name = metadata.GetString(definition.Name);
        return [.. Seen(names.Of(property), "property", name), .. Seen(attributes.Of(definition.GetCustomAttributes()), "attribute of", name)];
    }

    private IEnumerable<Sighting> Event(EventDefinitionHandle @event)
    {
        var definition = metadata.GetEventDefinition(@event);
        var name = metadata.GetString(definition.Name);
        return [.. Seen(names.Of(definition.Type), "event", name), .. Seen(attributes.Of(definition.GetCustomAttributes()), "attribute of", name)];
    }

    private IEnumerable<Sighting> Method(MethodDefinitionHandle method)
    {
        var definition = metadata.GetMethodDefinition(method);
        var name = metadata.GetString(definition.Name);
        var parameters = definition.GetParameters().Select(metadata.GetParameter);
        return
        [
            .. Seen([.. names.Of(method), .. TypeParameters(definition.GetGenericParameters())], "signature of", name),
            .. Seen(attributes.Of(definition.GetCustomAttributes()), "attribute of", name),
            .. Seen(parameters.SelectMany(parameter => attributes.Of(parameter.GetCustomAttributes())), "attribute in", name),
            .. Seen(Body(definition), "body of", name),
        ];
    }

    private IEnumerable<NamedType> Body(MethodDefinition method)
    {
        if (method.RelativeVirtualAddress == 0)
        {
            return [];
        }

        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        var caught = body.ExceptionRegions.Where(region => region.Kind == ExceptionRegionKind.Catch).Select(region => region.CatchType);
        return
        [
            .. Instructions.Tokens(body.GetILBytes()).SelectMany(token => names.Of(token)),
            .. body.LocalSignature.IsNil ? [] : names.Of(body.LocalSignature),
            .. caught.SelectMany(type => names.Of(type)),
        ];
    }

    private IEnumerable<NamedType> TypeParameters(GenericParameterHandleCollection parameters) =>
        parameters.Select(metadata.GetGenericParameter).SelectMany(parameter => (IEnumerable<NamedType>)
        [
            .. attributes.Of(parameter.GetCustomAttributes()),
            .. parameter.GetConstraints().Select(metadata.GetGenericParameterConstraint).SelectMany(constraint =>
                (IEnumerable<NamedType>)[.. names.Of(constraint.Type), .. attributes.Of(constraint.GetCustomAttributes())]),
        ]);

    private IEnumerable<Sighting> Seen(IEnumerable<NamedType> types, string kind, string member = "")
    {
        var where = Place.Of(self, kind, member);
        return types.Select(type => new Sighting(self.Outermost, type, where));
    }
}
