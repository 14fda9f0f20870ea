using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Collector.Web;

/// <summary>An event that webhooks are told of, for the API's document.</summary>
/// <param name="Type">Its type, such as <c>response.completed</c>.</param>
/// <param name="Data">The shape of its data.</param>
/// <param name="Summary">What happened.</param>
public sealed record WebhookEvent(string Type, Type Data, string Summary);

/// <summary>Says in the API's document what receivers are sent.</summary>
internal static class WebhookEvents
{
    private static readonly (string Name, string Description)[] Headers =
    [
        ("webhook-id", "The message's id. One that comes twice has the same."),
        ("webhook-timestamp", "When it was sent, in seconds since 1970."),
        ("webhook-signature", "`v1,` and the Base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`, by the bytes that follow `whsec_` in the secret as Base64. For a day after the secret was changed: two of them, with a space between."),
    ];

    public static async Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Webhooks ??= new Dictionary<string, IOpenApiPathItem>();
        foreach (var told in context.ApplicationServices.GetServices<WebhookEvent>().OrderBy(told => told.Type, StringComparer.Ordinal))
        {
            var data = await context.GetOrCreateSchemaAsync(told.Data, cancellationToken: cancellation);
            document.Webhooks[told.Type] = new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = Message(told, data, document) } };
        }
    }

    private static OpenApiOperation Message(WebhookEvent told, OpenApiSchema data, OpenApiDocument document) => new()
    {
        OperationId = "On" + string.Concat(told.Type.Split('.', '_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])),
        Summary = told.Summary,
        Description = "Sent to each webhook of the site that asks for it, in the format `standard`. Answer with a status from 200 to 299 within ten seconds; anything else is tried again for about a day. `410` ends it.",
        Tags = new HashSet<OpenApiTagReference> { new("Webhooks", document) },
        Security = [],
        Parameters =
        [
            .. Headers.Select(header => new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Required = true,
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            }),
        ],
        RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string> { "type", "timestamp", "data" },
                        Properties = new Dictionary<string, IOpenApiSchema>
                        {
                            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create(told.Type)] },
                            ["timestamp"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time", Description = "When it happened." },
                            ["data"] = data,
                        },
                    },
                },
            },
        },
        Responses = new OpenApiResponses { ["2XX"] = new OpenApiResponse { Description = "It was taken." }, ["410"] = new OpenApiResponse { Description = "Nothing more is wanted: the webhook is disabled." } },
    };
}
