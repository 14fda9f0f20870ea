using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Collector.Web;

/// <summary>The API's document, made from the routes and the comments in the code, and the page that shows it.</summary>
public static class ApiDocument
{
    /// <summary>The API's version, as it stands in routes and in the document's name.</summary>
    internal const string Version = "v1";

    private const string KeyScheme = "key";

    private static readonly (string Name, string Description)[] Tags =
    [
        ("Responses", "Where visitors' answers come in. No key; any page may call it."),
        ("Widget", "What a site's pages load. No key; any page may call it."),
        ("Hosted", "Surveys as pages of their own, for links in e-mails, QR codes and touchpoints that are no page. No key."),
        ("Figures", "What the answers say. Scope `read`."),
        ("Transfer", "What goes out to other tools, and comes in from them. Scope `responses` takes responses out, `manage` brings them in; scope `read` reads figures as tables."),
        ("Sites", "Websites that are measured. Any key of a site may read it; scope `admin` changes it; the operator's admin key makes new ones."),
        ("Keys", "The keys of a site. Scope `admin`."),
        ("Surveys", "What is asked, where, when and how often. Scope `manage`."),
        ("Goals", "Figures that are to reach a target by a date. Scope `read` reads them and where they stand; scope `manage` changes them."),
        ("Changes", "Dated notes of what was done to improve a touchpoint, and what it did. Scope `read` reads them and their effect; scope `manage` changes them."),
        ("Groups", "Series of touchpoints with a common goal, as parts of a journey. Any key of the site may read them; scope `manage` changes them."),
        ("Webhooks", "Who is told when something happens: signed messages, as Standard Webhooks says. Scope `manage`; `responses` as well where they carry what visitors wrote."),
        ("Touchpoint rules", "What makes touchpoints of a site's pages, where these are not touchpoints of their own. Scope `manage`."),
    ];

    /// <summary>Adds the document.</summary>
    public static void AddApiDocument(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(Version, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer(DescribeAsync);
            options.AddDocumentTransformer(WebhookEvents.DescribeAsync);
            options.AddOperationTransformer(DescribeAsync);
            options.AddSchemaTransformer(DescribeAsync);
        });
        builder.Services.AddSingleton<ApiDocumentText>();
    }

    /// <summary>Maps <c>/openapi/v1.json</c> and, at <c>/docs</c>, Swagger UI on it.</summary>
    public static void MapApiDocument(this WebApplication app)
    {
        app.MapGet($"/openapi/{Version}.json", (HttpContext context, ApiDocumentText text) => text.WriteAsync(context)).ExcludeFromDescription().AllowAnonymous();

        // In a branch, so that other requests do not pay for its matching of paths.
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase), docs => docs.Use(Restrict).UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Collector API";
            page.SwaggerEndpoint("/openapi/v1.json", "Collector");
        }));
    }

    // Swagger UI writes styles into its elements, and its signs into its style.
    private static Task Restrict(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return next(context);
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Collector",
            Version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3),
            Description =
                """
                Collector tells an organisation where its website costs visitors effort, and why. A small script on each page asks how easy it
                was and what the visitor came for; this API stores the answers per touchpoint and gives the figures.

                Errors are problem details (RFC 9457). Where fields are wrong, `errors` names each of them, by JSON pointer or parameter:
                `400` the form is wrong, `422` the form is right and the value is not allowed. A `404` says that something is unknown, or
                somebody else's. With a `429` or `503` comes `Retry-After`, in seconds.
                """,
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            Contact = new OpenApiContact { Name = "The Collector authors" },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = new HashSet<OpenApiTag>(Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key of the site (`ck_…`), or the operator's admin key.",
            },
        };
        AddLocations(document);
        return Task.CompletedTask;
    }

    private static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;

        // The handler's comment is the description; the route's own few words are the summary.
        operation.Description = WebUtility.HtmlDecode(operation.Description ?? operation.Summary);
        operation.Summary = metadata.OfType<IEndpointSummaryMetadata>().LastOrDefault()?.Summary ?? operation.Summary;

        var needsKey = metadata.OfType<IAuthorizeData>().Any();
        operation.Security = needsKey
            ? [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }]
            : [];
        AddSiteParameter(operation, context);
        ApiDocumentQuery.Describe(operation, context);
        AddHeaders(operation);
        AddExamples(operation, metadata);
        return Task.CompletedTask;
    }

    // A shape that is checked after it was read has members that are null in code and must not be on the wire.
    private static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonPropertyInfo?.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: false) == true)
        {
            schema.Type &= ~JsonSchemaType.Null;
            schema.Metadata?.Remove("x-is-nullable-property"); // How the generator notes that it will allow null beside a reference.
        }

        // What is left out where it is null or as by default may be absent, also where the code that makes it must give it.
        foreach (var property in context.JsonTypeInfo.Properties)
        {
            if (property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false) is [JsonIgnoreAttribute { Condition: not JsonIgnoreCondition.Never }])
            {
                schema.Required?.Remove(property.Name);
            }
        }

        if (schema.Enum is { Count: > 0 } names)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. names.Where(name => name is not null && name.GetValueKind() == JsonValueKind.String)];
        }

        return Task.CompletedTask;
    }

    // Handlers take the site itself, so the parameter that names it is nowhere in their signature.
    private static void AddSiteParameter(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.RelativePath!.Contains("{site}", StringComparison.Ordinal))
        {
            operation.Parameters ??= [];
            operation.Parameters.Insert(0, new OpenApiParameter
            {
                Name = "site",
                In = ParameterLocation.Path,
                Required = true,
                Description = "The site's id.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    private static void AddHeaders(OpenApiOperation operation)
    {
        // Who has an answer asks by its tag whether it is still the same.
        var isTagged = operation.Responses?.ContainsKey("304") == true;
        foreach (var (status, response) in operation.Responses ?? [])
        {
            (string Name, string Description)? header = status switch
            {
                "200" or "304" when isTagged => ("ETag", "The answer's tag: sent back in `If-None-Match`, it is answered by 304 while nothing has changed."),
                "401" => ("WWW-Authenticate", "`Bearer`."),
                "429" or "503" => ("Retry-After", "Whole seconds after which to try again."),
                _ => null,
            };
            if (header is { } described && response is OpenApiResponse changeable)
            {
                AddHeader(changeable, described.Name, described.Description);
            }
        }
    }

    // What is made and can be read by itself says where.
    private static void AddLocations(OpenApiDocument document)
    {
        foreach (var (path, item) in document.Paths)
        {
            var isReadLater = document.Paths.Any(other => other.Key.StartsWith($"{path}/{{", StringComparison.Ordinal)
                && other.Key.IndexOf('/', path.Length + 1) < 0 && other.Value.Operations?.ContainsKey(HttpMethod.Get) == true);
            if (isReadLater && item.Operations?.GetValueOrDefault(HttpMethod.Post)?.Responses?.GetValueOrDefault("201") is OpenApiResponse made)
            {
                AddHeader(made, "Location", "Where it is read from now on.");
            }
        }
    }

    private static void AddHeader(OpenApiResponse response, string name, string description)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[name] = new OpenApiHeader { Description = description, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    private static void AddExamples(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var example in metadata.OfType<RequestExample>())
        {
            foreach (var content in operation.RequestBody?.Content?.Values ?? [])
            {
                ((OpenApiMediaType)content).Example = JsonNode.Parse(example.Json);
            }
        }

        foreach (var example in metadata.OfType<ResponseExample>())
        {
            var response = operation.Responses![example.Status.ToString(null as IFormatProvider)];
            foreach (var content in response.Content?.Values ?? [])
            {
                ((OpenApiMediaType)content).Example = JsonNode.Parse(example.Json);
            }
        }
    }
}
