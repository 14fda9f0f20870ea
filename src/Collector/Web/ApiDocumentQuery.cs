using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Collector.Web;

/// <summary>What the API's document says of queries. They are read as text, so that each error can be named; what they must hold stands in attributes.</summary>
internal static class ApiDocumentQuery
{
    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var description in context.Description.ParameterDescriptions)
        {
            if (description.ParameterDescriptor is not IParameterInfoParameterDescriptor { ParameterInfo: var declared }
                || operation.Parameters?.FirstOrDefault(parameter => parameter.Name == description.Name) is not OpenApiParameter { Schema: OpenApiSchema schema } parameter)
            {
                continue;
            }

            foreach (var attribute in declared.GetCustomAttributes(inherit: false))
            {
                Describe(parameter, schema, attribute);
            }

            if (description.Name.IndexOf(".<", StringComparison.Ordinal) is > 0 and var family)
            {
                MakeFamily(parameter, description.Name[..family]);
            }
        }
    }

    private static void Describe(OpenApiParameter parameter, OpenApiSchema schema, object attribute)
    {
        switch (attribute)
        {
            case AllowedValuesAttribute { Values: ["true", "false"] }:
                schema.Type = JsonSchemaType.Boolean;
                break;
            case AllowedValuesAttribute allowed:
                schema.Enum = [.. allowed.Values.Select(value => JsonValue.Create((string)value!))];
                break;
            case RangeAttribute range:
                schema.Type = range.OperandType == typeof(int) ? JsonSchemaType.Integer : JsonSchemaType.Number;
                schema.Minimum = Text(range.Minimum);
                schema.Maximum = range.MaximumIsExclusive ? null : Text(range.Maximum);
                schema.ExclusiveMaximum = range.MaximumIsExclusive ? Text(range.Maximum) : null;
                break;
            case DataTypeAttribute { DataType: DataType.Date }:
                schema.Format = "date";
                break;
            case RequiredAttribute:
                parameter.Required = true;
                break;
        }
    }

    // "tag.<name>" stands for every parameter whose name begins with "tag.": an object whose members are parameters of their own.
    private static void MakeFamily(OpenApiParameter parameter, string name)
    {
        var value = parameter.Schema!;
        parameter.Name = name;
        (parameter.Style, parameter.Explode) = (ParameterStyle.Form, true);
        parameter.Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            PatternProperties = new Dictionary<string, IOpenApiSchema> { [$"^{name}\\."] = value },
            AdditionalPropertiesAllowed = false,
        };
    }

    private static string? Text(object bound) => bound is double.PositiveInfinity ? null : Convert.ToString(bound, CultureInfo.InvariantCulture);
}
