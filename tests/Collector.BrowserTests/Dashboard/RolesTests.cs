using Collector.BrowserTests.Browsers;

namespace Collector.BrowserTests.Dashboard;

/// <summary>Each role is led to the pages that are for it, and sees no other.</summary>
public sealed class RolesTests(FilledCollector collector, Engines engines)
{
    private static readonly string[] Reading = ["", "/touchpoints", "/journey", "/patterns", "/priorities", "/goals", "/changes"];
    private static readonly string[] Managing = ["/comments", "/surveys", "/settings"];
    private static readonly string[] Placing = ["/settings/groups", "/settings/rules", "/settings/import", "/settings/export", "/settings/webhooks"];
    private static readonly string[] Owning = ["/settings/appearance", "/settings/privacy", "/settings/keys", "/settings/people", "/settings/audit"];

    [Theory]
    [InlineData(Engine.Chromium)]
    [InlineData(Engine.Firefox)]
    public Task AViewerSeesFigures(Engine engine) => IsLedToAsync(engine, "viewer", Reading, []);

    [Theory]
    [InlineData(Engine.Chromium)]
    [InlineData(Engine.Firefox)]
    public Task AnAnalystAlsoReadsCommentsAndShapesWhatIsAsked(Engine engine) => IsLedToAsync(engine, "analyst", [.. Reading, .. Managing], Placing);

    [Theory]
    [InlineData(Engine.Chromium)]
    [InlineData(Engine.Firefox)]
    public Task AnOwnerSeesAll(Engine engine) => IsLedToAsync(engine, "owner", [.. Reading, .. Managing], ["/settings", .. Placing, .. Owning]);

    private async Task IsLedToAsync(Engine engine, string role, string[] sections, string[] settings)
    {
        await using var desk = await Desk.OfAsync(role, collector, engines, engine);
        foreach (var path in (string[])[.. Reading, .. Managing, .. Placing, .. Owning])
        {
            Assert.Equal((path, sections.Contains(path) || settings.Contains(path) ? 200 : 403), (path, await desk.GoAsync($"~{path}")));
        }

        await desk.GoAsync("~");
        Assert.Equal(sections, await LinksAsync(".sections a"));
        if (settings.Length > 0)
        {
            await desk.GoAsync("~/settings");
            Assert.Equal(settings.Order(), (await LinksAsync(".tabs a")).Order());
        }

        // Within the shop.
        async Task<IReadOnlyList<string>> LinksAsync(string selector) =>
            [.. from path in await desk.Tab.Locator(selector).EvaluateAllAsync<string[]>("links => links.map(link => new URL(link.href).pathname)")
                select path.Replace($"/sites/{collector.Shop.Id}", "", StringComparison.Ordinal)];
    }
}
