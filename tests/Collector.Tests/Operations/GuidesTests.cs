using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Collector.Tests.Support;

namespace Collector.Tests.Operations;

/// <summary>The guides for site owners, analysts and operators: their commands do what they say when they are typed as they stand there, one after the other.</summary>
[Trait("Database", "Own")]
public sealed partial class GuidesTests : IDisposable
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("src/Collector/Sites/README.md", 9)]
    [InlineData("src/Collector/Insights/README.md", 6)]
    [InlineData("src/Collector/Operations/README.md", 2)]
    public async Task EachCommandOfAGuideDoesWhatItSays(string guide, int blocks)
    {
        var commands = Blocks().Matches(await File.ReadAllTextAsync(Path.Combine(Root, guide), Cancellation)).Select(block => block.Groups["commands"].Value).ToList();
        Assert.True(commands.Count >= blocks, $"{commands.Count} blocks");
        var database = Path.Combine(folder.FullName, "collector.db");
        await using var collector = await CollectorProcess.StartAsync(database, Cancellation);
        var site = await collector.NewSiteAsync(Cancellation);

        var (exitCode, output) = await TypeAsync(
            [
                "exec 2>&1; set -euo pipefail",
                "curl() { command curl --fail-with-body --silent --show-error \"$@\"; echo; }",
                $"collector() {{ dotnet '{typeof(Program).Assembly.Location}' \"$@\" --Collector:Database 'Data Source={database}'; }}",
                .. commands,
            ],
            ("COLLECTOR", collector.Address.ToString().TrimEnd('/')), ("SITE", site.Id), ("SITE_KEY", site.SiteKey), ("KEY", RunningCollector.AdminKey), ("ADMIN_KEY", RunningCollector.AdminKey));

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task WhatTheReadmeLetsOneTryIsThere()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Root, "README.md"), Cancellation);
        await using var demo = await CollectorProcess.StartAsync(Path.Combine(folder.FullName, "demo.db"), Cancellation, "demo", "--shop", "http://127.0.0.1:0");
        var command = Curl().Match(readme).Value.Replace("http://localhost:5080", demo.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);

        var (exitCode, output) = await TypeAsync([$"{command} --fail-with-body --silent"]);

        Assert.True(exitCode == 0 && output.Contains("\"touchpoint\":\"localhost:5081/contact\"", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task TheSamplesSayWhatTheDemoHolds()
    {
        await using var demo = await CollectorProcess.StartAsync(Path.Combine(folder.FullName, "demo.db"), Cancellation, "demo", "--shop", "http://127.0.0.1:0");
        var address = demo.Address.ToString().TrimEnd('/');

        Assert.All(await SendAsync(Path.Combine(Root, "samples/requests.http"), address), answer => Assert.True(answer.IsSuccess, answer.ToString()));

        var analyst = $"dotnet '{Path.Combine(Root, "samples/analyst/bin", Configuration, "net10.0/Analyst.dll")}'";
        await AnswerAsync(address, "http://localhost:5081/returns", 40);
        var (exitCode, output) = await TypeAsync([analyst], ("COLLECTOR", address), ("SITE", "shop"), ("KEY", "ck_shop_demo"));
        Assert.Equal(0, exitCode);
        Assert.Matches(@"localhost:5081/returns.* 40 ", output);
        Assert.Contains("─●─", output, StringComparison.Ordinal);
        (exitCode, output) = await TypeAsync([analyst], ("COLLECTOR", address), ("SITE", "shop"), ("KEY", "ck_wrong"));
        Assert.Equal(1, exitCode);
        Assert.Contains("401", output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatGuidesLeadToIsThere()
    {
        string[] guides = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", .. Directory.GetFiles(Path.Combine(Root, "src"), "README.md", SearchOption.AllDirectories), .. Directory.GetFiles(Path.Combine(Root, "samples"), "README.md", SearchOption.AllDirectories), "widget-js/README.md"];
        var missing = from guide in guides.Where(guide => !guide.Contains("node_modules", StringComparison.Ordinal))
                      let file = Path.Combine(Root, guide)
                      from Match link in Link().Matches(File.ReadAllText(file))
                      let target = link.Groups["target"].Value.Split('#')[0]
                      where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target))
                      select $"{guide}: {target}";

        Assert.Empty(missing);
    }

    private static readonly string Configuration = Directory.GetParent(AppContext.BaseDirectory.TrimEnd('/'))!.Name;

    // As editors read it: requests after ###, a line each for variables, headers until a blank line, and then the body.
    private static async Task<IReadOnlyList<(string Request, bool IsSuccess, string Answer)>> SendAsync(string file, string address)
    {
        var text = await File.ReadAllTextAsync(file, Cancellation);
        foreach (Match variable in Variable().Matches(text))
        {
            text = text.Replace($"{{{{{variable.Groups["name"].Value}}}}}", variable.Groups["name"].Value == "collector" ? address : variable.Groups["value"].Value, StringComparison.Ordinal);
        }

        using var http = new HttpClient();
        var answers = new List<(string, bool, string)>();
        foreach (Match found in Request().Matches(text))
        {
            using var request = new HttpRequestMessage(new(found.Groups["method"].Value), found.Groups["url"].Value);
            if (found.Groups["body"].Value.Trim() is { Length: > 0 } body)
            {
                request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            }
            else
            {
                request.Headers.Add("Authorization", found.Groups["key"].Value);
            }

            using var response = await http.SendAsync(request, Cancellation);
            answers.Add((found.Groups["url"].Value, response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancellation)));
        }

        Assert.Equal(text.Split("\n###").Length - 1, answers.Count);
        return answers;
    }

    private static async Task AnswerAsync(string address, string page, int visitors)
    {
        using var http = new HttpClient();
        for (var visitor = 0; visitor < visitors; visitor++)
        {
            using var answer = await http.PostAsJsonAsync($"{address}/v1/responses", new
            {
                site = "st_shopsample0000000000",
                id = Guid.CreateVersion7(),
                revision = 1,
                state = "complete",
                survey = "effort-and-intention",
                page,
                answers = new object[] { new { question = "effort", score = 1 + (visitor % 4) } },
            }, Cancellation);
            answer.EnsureSuccessStatusCode();
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<(int ExitCode, string Output)> TypeAsync(string[] commands, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", ["-c", string.Join('\n', commands)]) { WorkingDirectory = folder.FullName, UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(Cancellation);
        await shell.WaitForExitAsync(Cancellation);
        return (shell.ExitCode, output);
    }

    [GeneratedRegex(@"^```sh\n(?<commands>.*?)\n```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Blocks();

    [GeneratedRegex("^@(?<name>\\w+) = (?<value>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(?<method>GET|POST|PUT|PATCH|DELETE) (?<url>\S+)\n(Authorization: (?<key>.+)|Content-Type: application/json\n(?<body>[^#]+))", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Request();

    [GeneratedRegex("^curl .*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Curl();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();
}
