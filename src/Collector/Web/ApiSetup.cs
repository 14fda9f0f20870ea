using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Collector.Web;

/// <summary>What all routes share: strict JSON, problem details, CORS for visitors.</summary>
public static class ApiSetup
{
    private const string Visitors = "visitors";

    /// <summary>Adds it. <paramref name="shapes"/> are the generated serializers of the slices' wire shapes.</summary>
    public static void AddApi(this WebApplicationBuilder builder, params IJsonTypeInfoResolver[] shapes)
    {
        builder.WebHost.ConfigureKestrel(Limit);
        builder.Services.ConfigureHttpJsonOptions(json => MakeStrict(json.SerializerOptions, shapes));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context => context.ProblemDetails.Extensions.Remove("traceId"));
        builder.Services.AddExceptionHandler<FailureProblems>();

        // Any page may send and read here, but never with the credentials of its visitor.
        builder.Services.AddCors(cors => cors.AddPolicy(
            Visitors, policy => policy.AllowAnyOrigin().WithMethods("GET", "POST", "DELETE").WithHeaders("Content-Type", "Receipt").WithExposedHeaders("Retry-After").SetPreflightMaxAge(TimeSpan.FromDays(1))));
    }

    /// <summary>The middleware, in its order.</summary>
    public static void UseApi(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages();
        app.UseCors();
    }

    /// <summary>The routes that any visitor's browser may use, from any page.</summary>
    public static RouteGroupBuilder MapVisitors(this WebApplication app)
    {
        var visitors = app.MapGroup("").AllowAnonymous();
        visitors.RequireCors(Visitors);
        return visitors;
    }

    /// <summary>The routes that need a key.</summary>
    public static RouteGroupBuilder MapAnalysts(this WebApplication app)
    {
        var analysts = app.MapGroup("").WithStrictQuery();
        foreach (var status in (int[])[StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable])
        {
            analysts.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        }

        return analysts;
    }

    // What one client may keep for itself while others wait.
    private static void Limit(KestrelServerOptions server)
    {
        server.AddServerHeader = false;

        // More than the writer's queue holds, so that a burst meets its 503 and not a closed door; few enough that the files of the
        // database can always be opened beside them, and that connections which do nothing cost some 100 MB at most.
        server.Limits.MaxConcurrentConnections = 10_000;

        // Longer than the 60 seconds for which proxies usually keep a connection, so that it is they who end it, and no request meets the end.
        server.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);

        // What waits here for a client that does not read; thousands of such clients are a few dozen megabytes.
        server.Limits.MaxResponseBufferSize = 16 * 1024;

        // The largest survey is a tenth of it. Files are taken where they are expected, and say how large they may be.
        server.Limits.MaxRequestBodySize = 1024 * 1024;

        // A request of some kilobytes needs a second on any phone.
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        server.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1_024, gracePeriod: TimeSpan.FromSeconds(5));
        server.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1_024, gracePeriod: TimeSpan.FromSeconds(5));
    }

    private static void MakeStrict(JsonSerializerOptions json, IJsonTypeInfoResolver[] shapes)
    {
        json.NumberHandling = JsonNumberHandling.Strict;
        json.PropertyNameCaseInsensitive = false;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        for (var i = 0; i < shapes.Length; i++)
        {
            json.TypeInfoResolverChain.Insert(i, shapes[i]);
        }
    }
}
