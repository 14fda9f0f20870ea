using System.Net;
using Collector.Operations;
using Collector.Tests.Support;

namespace Collector.Tests.Operations;

/// <summary>What an operator types.</summary>
public sealed class VerbsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "serve", "")]
    [InlineData("--urls http://127.0.0.1:0", "serve", "--urls http://127.0.0.1:0")]
    [InlineData("serve --urls http://127.0.0.1:0", "serve", "--urls http://127.0.0.1:0")]
    [InlineData("demo --shop http://127.0.0.1:0", "demo", "--shop http://127.0.0.1:0")]
    [InlineData("check --Collector:Database x.db", "check", "--Collector:Database x.db")]
    [InlineData("health --urls http://127.0.0.1:0", "health", "--urls http://127.0.0.1:0")]
    [InlineData("move --to Host=db", "move", "--to Host=db")]
    [InlineData("keys make --site s --name n", "keys", "--site s --name n", "make")]
    [InlineData("restore copy.db --replace", "restore", "", "copy.db", true)]
    [InlineData("import old.csv --site s --dry-run --column.score Score", "import", "--site s --column.score Score", "old.csv")]
    [InlineData("export - --site s --format csv", "export", "--site s --format csv", "-")]
    public void AVerbIsToldFromItsSettings(string typed, string verb, string settings, string? argument = null, bool replaces = false)
    {
        var read = Verbs.Read(typed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Null(read.ExitCode);
        Assert.Equal((verb, settings, argument, replaces), (read.Verb, string.Join(' ', read.Settings), read.Argument, read.Replaces));
    }

    [Theory]
    [InlineData(0, "collector", "--help")]
    [InlineData(0, "backup", "backup", "--help")]
    [InlineData(0, "health", "health", "--help")]
    [InlineData(0, "0.1.0", "--version")]
    [InlineData(2, "nonsense", "nonsense")]
    [InlineData(2, "--to", "move")]
    [InlineData(2, "list", "keys", "open", "--site", "s")]
    public async Task WhoAsksIsToldAndWhoMistypesToo(int code, string expected, params string[] typed)
    {
        var folder = Directory.CreateTempSubdirectory("collector-tests-");
        try
        {
            var database = Path.Combine(folder.FullName, "collector.db");
            var (exitCode, said) = await CollectorProcess.RunAsync($"Data Source={database}", Cancellation, typed);
            Assert.Equal(code, exitCode);
            Assert.Contains(expected, said, StringComparison.OrdinalIgnoreCase);
            Assert.False(File.Exists(database));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task KeysAreMadeListedAndRevokedWithoutAKey()
    {
        using var test = new TestDatabase();
        await using var collector = await CollectorProcess.StartAsync(test.ConnectionString, Cancellation, "demo", "--shop", "http://127.0.0.1:0");
        using var client = new HttpClient { BaseAddress = collector.Address };
        var (made, key) = await RunAsync("make", "--name", "Report", "--scopes", "read,responses");
        Assert.True(made == 0, key);
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.Trim());
        Assert.Equal(HttpStatusCode.OK, await AskAsync());

        var (_, list) = await RunAsync("list");
        Assert.Contains("read,responses", list, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("revoke", "--key", list.Split(' ')[0])).ExitCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync());
        var (refused, why) = await RunAsync("make", "--name", "Report", "--scopes", "everything");
        Assert.Equal(2, refused);
        Assert.Contains("--scopes: At least one", why, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("revoke", "--key", "none")).ExitCode);

        Task<(int ExitCode, string Output)> RunAsync(string what, params string[] options) =>
            CollectorProcess.RunAsync(test.ConnectionString, Cancellation, ["keys", what, "--site", "shop", .. options]);

        async Task<HttpStatusCode> AskAsync()
        {
            using var reply = await client.GetAsync("/v1/sites/shop/ces", Cancellation);
            return reply.StatusCode;
        }
    }
}
