using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Collector.Tests.Support;

/// <summary>Runs a part of the widget's own code, so that what is written twice, for the page and for the collector, can be laid side by side.</summary>
public static class WidgetCode
{
    // Three folders up from bin/Debug/net10.0: the test project itself.
    private static string Project => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../.."));

    /// <summary>Hands the cases to a script, and gives what it wrote for each.</summary>
    public static async Task<JsonArray> RunAsync(string script, JsonArray cases)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var node = Process.Start(new ProcessStartInfo("node", [script, Path.Combine(Project, "../../widget-js")])
        {
            WorkingDirectory = Project,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(cancellation), node.StandardError.ReadToEndAsync(cancellation));
        await node.StandardInput.WriteAsync(cases.ToJsonString().AsMemory(), cancellation);
        node.StandardInput.Close();
        await node.WaitForExitAsync(cancellation);
        Assert.True(node.ExitCode == 0, await errors);
        return JsonNode.Parse(await output)!.AsArray();
    }
}
