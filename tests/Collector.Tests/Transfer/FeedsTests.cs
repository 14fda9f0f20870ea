using System.Diagnostics;
using System.Text.RegularExpressions;
using Collector.Tests.Operations;
using Collector.Tests.Support;

namespace Collector.Tests.Transfer;

/// <summary>The walk-through for Excel, Power BI and Grafana (samples/feeds): each of its commands is run as it stands there.</summary>
public sealed partial class FeedsTests(RunningCollector collector)
{
    public static TheoryData<string> Commands => [.. Blocks().Matches(File.ReadAllText(Path.Combine(Sample.Folder, "../feeds/README.md"))).Select(block => block.Groups["command"].Value)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task EachCommandOfTheWalkThroughGivesATable(string command)
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 3, intent: "buy"), site.Response(effort: 6).With("answeredAt", "2026-11-18T08:00:00Z"));
        var folder = Directory.CreateTempSubdirectory();
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-ec", command])
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["COLLECTOR"] = collector.Visitor.BaseAddress!.ToString().TrimEnd('/'), ["SITE"] = site.Id, ["KEY"] = RunningCollector.AdminKey },
        })!;
        var said = await shell.StandardOutput.ReadToEndAsync(Cancellation);
        await shell.WaitForExitAsync(Cancellation);

        Assert.Equal(0, shell.ExitCode);
        if (command.Contains("--etag", StringComparison.Ordinal))
        {
            Assert.Equal("304", said);
            said = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "figures.csv"), Cancellation);
        }

        if (!said.StartsWith('{'))
        {
            var text = said.Length > 0 ? said : await File.ReadAllTextAsync(folder.EnumerateFiles("*.csv").Single().FullName, Cancellation);
            Assert.NotEmpty(CsvFile.Read(text, command.Contains("semicolon", StringComparison.Ordinal) ? ';' : ',').Rows);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void ThereAreCommandsForEachTool() => Assert.Equal(8, Commands.Count);

    [GeneratedRegex(@"^```sh\n(?<command>.*?)\n```", RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Blocks();
}
