using System.Text.Json;
using System.Text.RegularExpressions;
using Collector.Tests.Support;

namespace Collector.Tests.Operations;

/// <summary>What stands in samples/deploy is what the programs that read it take. How the balancers behave, BalancerTests tells.</summary>
[Trait("Database", "Own")]
public sealed partial class DeploymentSamplesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // test.sh installs the schemas and linters there.
    private static string Linters => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../Operations/deploy"));

    [Fact]
    public async Task SystemdFindsNothingWrongWithTheUnit()
    {
        // What it passes over, it tells and takes for a success.
        Assert.Equal((0, ""), await Sample.RunAsync(folder.FullName, "systemd-analyze", "verify", UnitHere()));
    }

    [Fact]
    public async Task TheUnitShutsTheCollectorIn()
    {
        var (exitCode, output) = await Sample.RunAsync(folder.FullName, "systemd-analyze", "security", "--offline=true", "--threshold=15", UnitHere());

        Assert.True(exitCode == 0, output); // 1.5 of 10 at most; a unit that says nothing has 9.2.
    }

    [Fact]
    public async Task NginxTakesItsConfiguration()
    {
        var collector = new Uri("http://127.0.0.1:5080");
        var file = Balancer.NginxFile(folder, http: 5081, https: 5082, [collector, collector, collector]);

        var (exitCode, output) = await Sample.RunAsync(folder.FullName, "/usr/sbin/nginx", "-t", "-c", file);

        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("[warn] conflicting", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("haproxy.cfg")]
    [InlineData("haproxy-postgres.cfg")]
    public async Task HaproxyTakesItsConfiguration(string name)
    {
        var sample = Sample.Of(name);
        var file = (name == "haproxy.cfg" ? sample.With("/etc/haproxy/collector.pem", Balancer.CertificateIn(folder)) : sample).SaveIn(folder);

        var (exitCode, output) = await Sample.RunAsync(folder.FullName, "/usr/sbin/haproxy", "-c", "-f", file);

        Assert.Equal((0, "Configuration file is valid"), (exitCode, output.Trim())); // And no warning.
    }

    [Fact]
    public async Task KubernetesKnowsEachMemberOfTheManifestsAndFindsWhatTheyName() =>
        Assert.Equal((0, ""), await Sample.RunAsync(Linters, "node", "kubernetes.mjs", Path.Combine(Sample.Folder, "kubernetes")));

    [Fact]
    public async Task ComposeKnowsEachMemberOfItsFile()
    {
        // Its taste for the order of things is not ours, and a balancer listens to everybody.
        string[] taste =
        [
            "services-alphabetical-order", "service-keys-order", "top-level-properties-order", "service-dependencies-alphabetical-order",
            "require-quotes-in-ports", "no-unbound-port-interfaces",
        ];
        var (exitCode, output) = await Sample.RunAsync(
            Linters,
            "node",
            ["node_modules/dclint/bin/dclint.cjs", .. taste.SelectMany(rule => (string[])["--disable-rule", rule]), "--max-warnings", "0", Path.Combine(Sample.Folder, "compose.yaml")]);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task TheContainerfileIsWellFormedAndItsContainerHasNeitherAShellNorRoot()
    {
        var file = Path.GetFullPath(Path.Combine(Sample.Folder, "../../Containerfile"));
        var lines = await File.ReadAllLinesAsync(file, Cancellation);
        var compose = HealthTest().Match(Sample.Of("compose.yaml").Text).Groups["words"].Value;

        Assert.Equal((0, ""), await Sample.RunAsync(Linters, "node", "node_modules/dockerfile-utils/bin/dockerfile-utils", "lint", file));
        Assert.Matches("^FROM .*-chiseled-extra$", lines.Last(line => line.StartsWith("FROM", StringComparison.Ordinal)));
        Assert.Matches("^USER [1-9][0-9]*:[1-9][0-9]*$", Assert.Single(lines, line => line.StartsWith("USER", StringComparison.Ordinal))); // By number: Kubernetes asks for it.
        Assert.EndsWith(compose, Assert.Single(lines, line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal)).Replace("CMD [", "[\"CMD\", ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatComposeTakesFromTheEnvironmentIsInTheExampleWithoutAValue()
    {
        var taken = Variable().Matches(Sample.Of("compose.yaml").Text).Select(match => match.Groups["name"].Value + "=").Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(taken, Sample.Of("env.example").Text.Split('\n').Where(line => line is not ("" or ['#', ..])).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AContainerIsHealthyForAsLongAsItsCollectorIsReady()
    {
        await using var collector = await CollectorProcess.StartAsync(Path.Combine(folder.FullName, "collector.db"), Cancellation, "--Collector:StopDelay=2");
        var test = JsonSerializer.Deserialize<string[]>(HealthTest().Match(Sample.Of("compose.yaml").Text).Groups["words"].Value)!;
        Assert.Equal(["CMD", "/app/Collector", "health"], test);
        string[] command = ["dotnet", typeof(Program).Assembly.Location, test[2], "--urls", collector.Address.ToString()];

        Assert.Equal(0, (await Sample.RunAsync(folder.FullName, command[0], command[1..])).ExitCode);
        var ending = collector.TerminateAsync(Cancellation);
        await Task.Delay(500, Cancellation);
        Assert.Equal(1, (await Sample.RunAsync(folder.FullName, command[0], command[1..])).ExitCode);
        Assert.False(ending.IsCompleted);
        await ending;
        Assert.Equal(1, (await Sample.RunAsync(folder.FullName, command[0], command[1..])).ExitCode);
    }

    public void Dispose() => folder.Delete(recursive: true);

    // With a program that is there.
    private string UnitHere() => Sample.Of("collector.service").With("/opt/collector/collector", "/bin/true").SaveIn(folder);

    [GeneratedRegex(@"\$\{(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"test: (?<words>\[.*/app.*\])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex HealthTest();
}
