using Collector.Tests.Support;

namespace Collector.Tests.Operations;

/// <summary><c>collector export</c> and <c>collector import</c>, as somebody types them who has the machine.</summary>
public sealed class TransferVerbsTests : IDisposable
{
    private readonly TestDatabase test = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFileIsLookedAtBroughtInBesideARunningCollectorAndTakenOutAgain()
    {
        await using var collector = await CollectorProcess.StartAsync(test.ConnectionString, Cancellation);
        var site = await collector.NewSiteAsync(Cancellation);
        var day = TimeProvider.System.GetUtcNow().AddDays(-3).ToString("yyyy-MM-dd", null);
        var file = Path.Combine(folder.FullName, "old.csv");
        await File.WriteAllTextAsync(
            file,
            $"""
            When,Where,Ease,Words
            {day}T10:00:00Z,https://shop.example/contact,6,Clear
            {day}T11:00:00Z,https://shop.example/contact,9,Out of scale
            {day}T12:00:00Z,https://shop.example/cart,2,"Slow, and dear"

            """,
            Cancellation);
        string[] import =
        [
            "import", file, "--site", site.Id, "--survey", "effort-and-intention", "--scale", "1-7",
            "--column.answeredAt", "When", "--column.page", "Where", "--column.score", "Ease", "--column.comment", "Words",
        ];

        var dry = await RunAsync([.. import, "--dry-run"]);
        Assert.Equal(1, dry.ExitCode);
        Assert.Contains("3 records: 2 would be stored, 0 are there already, 1 would be refused. Nothing was stored.", dry.Output, StringComparison.Ordinal);
        Assert.Contains("line 3: Ease: ", dry.Output, StringComparison.Ordinal);
        var done = await RunAsync(import);
        Assert.Equal(1, done.ExitCode);
        Assert.Contains("3 records: 2 are stored, 0 were there already, 1 were refused.", done.Output, StringComparison.Ordinal);
        Assert.Contains("3 records: 0 are stored, 2 were there already, 1 were refused.", (await RunAsync(import)).Output, StringComparison.Ordinal);

        var taken = Path.Combine(folder.FullName, "all.ndjson");
        Assert.Equal((0, ""), await RunAsync("export", taken, "--site", site.Id));
        Assert.Equal(2, (await File.ReadAllLinesAsync(taken, Cancellation)).Length);
        var (exitCode, csv) = await RunAsync("export", "-", "--site", site.Id, "--format", "csv", "--separator", "semicolon");
        Assert.Equal(0, exitCode);
        Assert.Contains("Slow, and dear", csv, StringComparison.Ordinal);
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains(";", lines[0], StringComparison.Ordinal);
        var again = await RunAsync("import", taken, "--site", site.Id);
        Assert.Equal((0, true), (again.ExitCode, again.Output.Contains("2 records: 0 are stored, 2 were there already, 0 were refused.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("There is no site shop.", "export", "-", "--site", "shop")]
    [InlineData("There is no site shop.", "import", "old.csv", "--site", "shop")]
    [InlineData("--site", "import", "old.csv")]
    [InlineData("hotjar", "import", "old.csv", "--site", "shop", "--map", "excel")]
    public async Task WhatCannotBeDoneIsSaid(string expected, params string[] typed)
    {
        var (exitCode, output) = await RunAsync(typed);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatIsNotThereOrInTheWayIsSaid()
    {
        string id;
        await using (var collector = await CollectorProcess.StartAsync(test.ConnectionString, Cancellation))
        {
            id = (await collector.NewSiteAsync(Cancellation)).Id;
        }

        var file = Path.Combine(folder.FullName, "there.ndjson");
        await File.WriteAllTextAsync(file, "mine", Cancellation);

        Assert.Equal(2, (await RunAsync("export", file, "--site", id)).ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, Cancellation));
        Assert.Equal(2, (await RunAsync("import", Path.Combine(folder.FullName, "nowhere.csv"), "--site", id)).ExitCode);
        var (exitCode, output) = await RunAsync("export", "-", "--site", id, "--from", "yesterday");
        Assert.Equal((2, true), (exitCode, output.Contains("--from: ", StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        test.Dispose();
        folder.Delete(recursive: true);
    }

    private Task<(int ExitCode, string Output)> RunAsync(params string[] typed) => CollectorProcess.RunAsync(test.ConnectionString, Cancellation, typed);
}
