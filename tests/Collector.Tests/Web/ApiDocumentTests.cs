using System.Diagnostics;
using System.Text.Json.Nodes;
using Collector.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Web;

public sealed class ApiDocumentTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Three folders up from bin/Debug/net10.0: the test project itself. test.sh installs the linters there.
    private static string Linters => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../Web/lint"));

    [Fact]
    public async Task ItIsOpenApi31()
    {
        var document = await ReadAsync();
        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoHasItNeedNotReadItAgain()
    {
        using var first = await collector.Visitor.GetAsync("/openapi/v1.json", Cancellation);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await collector.Visitor.SendAsync(again, Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task EveryRouteOfTheApiIsInIt()
    {
        var document = await ReadAsync();
        var documented = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"))
            .ToHashSet();
        var mapped = collector.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null) // Pages, and their files.
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} {Template(endpoint)}"))
            .Where(route => !route.Contains("/openapi/", StringComparison.Ordinal) && !route.StartsWith("OPTIONS", StringComparison.Ordinal))
            .ToHashSet();

        Assert.Equal(mapped.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));

        static string Template(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace(":guid", "", StringComparison.Ordinal).Replace(":int", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryOperationIsDescribedWithExamplesErrorsAndSecurity()
    {
        var document = await ReadAsync();
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                var name = $"{method} {path}";
                Assert.True(((string?)operation!["description"])?.Length > 30, name);
                Assert.True(operation["summary"] is not null && operation["operationId"] is not null && operation["security"] is not null, name);
                Assert.All(operation["parameters"]?.AsArray() ?? [], parameter => Assert.True(((string?)parameter!["description"])?.Length > 5, $"{name}: {parameter["name"]}"));
                Assert.Contains(operation["responses"]!.AsObject(), response => response.Key.StartsWith('4'));

                var bodies = operation["responses"]!.AsObject().Where(response => response.Key.StartsWith('2')).Select(response => response.Value)
                    .Append(operation["requestBody"])
                    .SelectMany(body => body?["content"]?.AsObject() ?? [])
                    .Where(body => body.Key == "application/json");
                Assert.All(bodies, body => Assert.True(body.Value!["example"] is not null, $"{name} has no example"));
                var isVisitors = path is "/v1/responses" or "/v1/responses/{id}" or "/{siteKey}.js" or "/collector-{version}.js" or "/v1/widget/{siteKey}" or "/s/{siteKey}/{survey}";
                Assert.Equal(isVisitors, operation["security"]!.AsArray().Count == 0);
            }
        }
    }

    [Theory]
    [InlineData("node_modules/@redocly/cli/bin/cli.js", "lint", "--config", "redocly.yaml")]
    [InlineData("node_modules/@stoplight/spectral-cli/dist/index.js", "lint", "--ruleset", ".spectral.yaml", "--fail-severity", "warn")]
    public async Task ItPassesTheLintersOfItsReaders(string linter, params string[] arguments)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("collector-tests-").FullName, "v1.json");
        await File.WriteAllTextAsync(file, (await ReadAsync()).ToJsonString(), Cancellation);

        using var process = Process.Start(new ProcessStartInfo("node", [linter, .. arguments, file])
        {
            WorkingDirectory = Linters,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.True(process.ExitCode == 0, $"{await output}\n{errors}");
    }

    [Fact]
    public async Task SwaggerUiShowsIt()
    {
        var page = await collector.Visitor.GetStringAsync("/docs/index.html", Cancellation);
        var script = await collector.Visitor.GetStringAsync("/docs/index.js", Cancellation);

        Assert.Contains("swagger-ui", page, StringComparison.Ordinal);
        Assert.Contains("/openapi/v1.json", script, StringComparison.Ordinal);
    }

    private async Task<JsonNode> ReadAsync() => JsonNode.Parse(await collector.Visitor.GetStringAsync("/openapi/v1.json", Cancellation))!;
}
