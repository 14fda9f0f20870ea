using System.Text;
using Collector.BrowserTests.Support;
using Microsoft.Playwright;

namespace Collector.BrowserTests.Dashboard;

/// <summary>Responses go out as files and come in from them, at the dashboard; also in a browser without scripts.</summary>
public sealed class TransferTests(FilledCollector collector, Chromium chromium)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AFileIsUploadedNamedCheckedAndBroughtIn(bool scripts)
    {
        await using var desk = await Desk.OfAsync("analyst", collector, chromium, scripts: scripts);
        await desk.GoAsync("~/settings/import");
        await UploadAsync(desk, $"old-{scripts}.csv", $"When,Where,How easy,Said\n2026-03-01,/old-{scripts},6,Fine\n2026-03-02,/old-{scripts},2,\n2026-03-02,/old-{scripts},9,\n");
        Assert.Equal($"old-{scripts}.csv", await desk.TextAsync("h2"));
        Assert.True(await desk.Tab.Locator("text=Start the import").IsDisabledAsync());

        await desk.Tab.SelectOptionAsync("[name=survey]", "effort-and-intention");
        await desk.Tab.FillAsync("[name=page]", "https://shop.example/");
        await desk.Tab.FillAsync("[name=scale]", "1-5");
        await desk.Tab.SelectOptionAsync("[name='column.answeredAt']", "When");
        await desk.Tab.SelectOptionAsync("[name='column.page']", "Where");
        await desk.Tab.SelectOptionAsync("[name='column.score']", "How easy");
        await desk.Tab.SelectOptionAsync("[name='column.comment']", "Said");
        await desk.Tab.ClickAsync("text=Check");
        Assert.Contains("1-7", await desk.TextAsync("#scale-error"), StringComparison.Ordinal);

        await desk.Tab.FillAsync("[name=scale]", "1-7");
        await desk.Tab.ClickAsync("text=Check");
        Assert.Equal("Of the first 3 records, 2 would be stored, 0 are there already and 1 would be refused.", await desk.TextAsync("[aria-labelledby=check] [role=status]"));
        Assert.Contains($"/old-{scripts}", await desk.TextAsync("[aria-labelledby=check] table"), StringComparison.OrdinalIgnoreCase);
        if (scripts)
        {
            Assert.Empty(await desk.FindBarriersAsync());
        }

        await desk.Tab.ClickAsync("text=Start the import");
        await Assertions.Expect(desk.Tab.Locator("[role=status]").First).ToHaveTextAsync("Done 3 of 3 records read.", new() { Timeout = 20_000 });
        Assert.Contains("2 stored", await desk.TextAsync("main ul:not(.tabs ul) >> nth=-1"), StringComparison.Ordinal);
        Assert.Contains("How easy", await desk.TextAsync("main table"), StringComparison.Ordinal);
        if (scripts)
        {
            Assert.Empty(await desk.FindBarriersAsync());
        }

        await desk.Tab.ClickAsync("text=All imports");
        Assert.Contains($"old-{scripts}.csv", await desk.TextAsync("[aria-labelledby=imports]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatCannotBeReadIsRefusedWithItsReason()
    {
        await using var desk = await Desk.OfAsync("analyst", collector, chromium);
        await desk.GoAsync("~/settings/import");
        await UploadAsync(desk, "broken.csv", "When,\"Where\n2026-03-01,/x\n");
        Assert.Contains("quotation mark", await desk.TextAsync("main form"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileOfManyMegabytesIsTaken()
    {
        await using var desk = await Desk.OfAsync("analyst", collector, chromium);
        await desk.GoAsync("~/settings/import");
        await UploadAsync(desk, "large.csv", $"Date,Page,Score\n{string.Concat(Enumerable.Repeat($"2026-03-01,/x,{new string('7', 1_000)}\n", 9_000))}");
        Assert.Equal("9000 records. Nothing is stored yet.", await desk.TextAsync("h2 + p"));
    }

    [Fact]
    public async Task AnExportIsAFileOfTheDaysThatAreChosen()
    {
        await using var desk = await Desk.OfAsync("analyst", collector, chromium);
        await desk.GoAsync("~/settings/export");
        var download = await desk.Tab.RunAndWaitForDownloadAsync(() => desk.Tab.ClickAsync("text=CSV for Excel"));
        var text = await File.ReadAllTextAsync((await download.PathAsync())!, Encoding.UTF8, Cancellation);

        Assert.StartsWith("id,answeredAt,day,page,touchpoint,survey", text, StringComparison.Ordinal);
        Assert.True(text.Split("\r\n").Length > 10);
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
    }

    private static async Task UploadAsync(Desk desk, string name, string text)
    {
        await desk.Tab.SetInputFilesAsync("#file", new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
        await desk.Tab.ClickAsync("text=Upload");
        await desk.Tab.WaitForLoadStateAsync();
    }
}
