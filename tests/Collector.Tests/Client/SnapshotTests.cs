using System.Text.Json;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Client;

/// <summary>Clients are made of what the collector serves.</summary>
public sealed class SnapshotTests(RunningCollector collector)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>With COLLECTOR_SNAPSHOT=write the document is written anew instead.</summary>
    [Fact]
    public async Task TheDocumentIsTheOneThatClientsAreMadeOf()
    {
        var served = JsonNode.Parse(await collector.Visitor.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!;
        if (Environment.GetEnvironmentVariable("COLLECTOR_SNAPSHOT") == "write")
        {
            await File.WriteAllTextAsync(Snapshot.Path, served.ToJsonString(Indented) + "\n", TestContext.Current.CancellationToken);
        }

        var stored = JsonNode.Parse(await File.ReadAllTextAsync(Snapshot.Path, TestContext.Current.CancellationToken));
        Assert.True(
            JsonNode.DeepEquals(served, stored),
            "The API has changed, and src/Collector.Client/openapi.json has not: COLLECTOR_SNAPSHOT=write dotnet test tests/Collector.Tests --filter TheDocumentIsTheOneThatClientsAreMadeOf");
    }
}
