using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Collector.Tests.Operations;

/// <summary>What a release holds, built once of the commit that is checked out, and used as its users would: none of it lies beside its sources.</summary>
[Trait("Database", "Own"), Trait("Release", "Built")]
public sealed partial class ReleaseTests(ReleaseTests.Release release) : IClassFixture<ReleaseTests.Release>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheFileForLinuxRunsWithNothingBesideIt()
    {
        var folder = release.NewFolder("file");
        await Release.RunAsync(folder, "tar", "--extract", "--gzip", "--file", release.Of("collector-*-linux-x64.tar.gz"), "./collector");

        await HoldsAllAsync([Path.Combine(folder, "collector")], folder);
    }

    [Fact]
    public async Task TheToolIsInstalledAndRuns()
    {
        var folder = release.NewFolder("tool");
        await Release.RunAsync(folder, "dotnet", "tool", "install", "Collector", "--tool-path", folder, "--add-source", release.Folder, "--version", Release.Version);

        await HoldsAllAsync([Path.Combine(folder, "collector")], folder);
    }

    [Fact]
    public async Task TheBillOfMaterialsNamesWhatTheProgramIsMadeOf()
    {
        var bill = JsonNode.Parse(await File.ReadAllTextAsync(release.Of("collector-*.cdx.json"), Cancellation))!;
        var named = bill["components"]!.AsArray().Select(component => (string)component!["purl"]!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var program = JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(typeof(Program).Assembly.Location, ".deps.json"), Cancellation))!;

        var packages = program["libraries"]!.AsObject().Where(library => (string)library.Value!["type"]! == "package").Select(library => $"pkg:nuget/{library.Key.Replace('/', '@')}").ToList();

        Assert.True(packages.Count > 10);
        Assert.DoesNotContain(packages, package => !named.Contains(package));
        Assert.Equal("1.6", (string?)bill["specVersion"]);
    }

    [Fact]
    public async Task ChecksumsAreThoseOfAllFiles()
    {
        var sums = await File.ReadAllLinesAsync(Path.Combine(release.Folder, "SHA256SUMS"), Cancellation);

        await Release.RunAsync(release.Folder, "sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS");
        Assert.Equal(Directory.GetFiles(release.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), sums.Select(line => line[66..]).Append("SHA256SUMS").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task NotesAreWhatTheChangelogSaysOfTheVersion()
    {
        var notes = (await File.ReadAllTextAsync(Path.Combine(release.Folder, "RELEASE-NOTES.md"), Cancellation)).Trim();

        Assert.True(notes.Length > 100);
        Assert.Contains(notes, await File.ReadAllTextAsync(Path.Combine(Release.Root, "CHANGELOG.md"), Cancellation), StringComparison.Ordinal);
        Assert.DoesNotMatch("(?m)^## ", notes);
    }

    // The database, and everything that is inside the program: the widget, pages with their style and script, texts, the demo's shop.
    private static async Task HoldsAllAsync(string[] command, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], [.. command[1..], "demo", "--urls", "http://127.0.0.1:0", "--shop", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var (collector, shop) = ("", "");
            while (collector.Length == 0 && await process.StandardOutput.ReadLineAsync(Cancellation) is { } line)
            {
                shop = Shop().Match(line) is { Success: true } found ? found.Groups["address"].Value : shop;
                collector = Api().Match(line).Groups["address"].Value;
            }

            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // A full pipe would stop it.
            using var http = new HttpClient();
            foreach (var (address, holds) in new[]
            {
                ($"{collector}/health/ready", "Healthy"), ($"{collector}/st_shopsample0000000000.js", "collector-survey"), ($"{collector}/sign-in", "</html>"), ($"{collector}/openapi/v1.json", "/v1/responses"),
                ($"{collector}/docs/index.html", "swagger"), ($"{shop}/contact/", "st_shopsample0000000000.js"), ($"{shop}/shop.css", "{"),
            })
            {
                Assert.Contains(holds, await http.GetStringAsync(address, Cancellation), StringComparison.OrdinalIgnoreCase);
            }

            var page = await http.GetStringAsync($"{collector}/sign-in", Cancellation);
            foreach (Match asset in Asset().Matches(page))
            {
                Assert.NotEmpty(await http.GetStringAsync(collector + asset.Groups["path"].Value, Cancellation));
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [GeneratedRegex(@"^\s+Shop +(?<address>http://[^/]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Shop();

    [GeneratedRegex(@"^\s+API +(?<address>http://[^/]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Api();

    [GeneratedRegex("(?:href|src)=\"(?<path>/[^\"]+\\.(?:css|js))\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Asset();

    /// <summary>A release for one system, built in a clone: what is not committed is not released.</summary>
    public sealed class Release : IAsyncLifetime
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

        /// <summary>Where the sources are.</summary>
        public static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));

        /// <summary>Where its files are.</summary>
        public string Folder => Path.Combine(folder.FullName, "release");

        /// <summary>Its version.</summary>
        public static string Version => typeof(Program).Assembly.GetName().Version!.ToString(3);

        public async ValueTask InitializeAsync()
        {
            var clone = Path.Combine(folder.FullName, "clone");
            await RunAsync(folder.FullName, "git", "clone", "--quiet", Root, clone);
            await RunAsync(clone, Path.Combine(clone, ".release/build.sh"), Folder, "linux-x64");
        }

        public ValueTask DisposeAsync()
        {
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }

        /// <summary>The one file of such a name.</summary>
        public string Of(string pattern) => Assert.Single(Directory.GetFiles(Folder, pattern));

        /// <summary>An empty folder.</summary>
        public string NewFolder(string name) => folder.CreateSubdirectory(name).FullName;

        /// <summary>Runs a command, which must succeed.</summary>
        public static async Task RunAsync(string folder, string command, params string[] arguments)
        {
            var (exitCode, output) = await Sample.RunAsync(folder, command, arguments);
            Assert.True(exitCode == 0, output);
        }
    }
}
