using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights.Changes;

/// <summary>A figure by day, week or month tells what was changed on its days; of everything else, only what touches its selection.</summary>
public sealed class ChangesOnTrendsTests(RunningCollector collector)
{
    [Fact]
    public async Task ATrendCarriesTheChangesOfItsDaysInTheirOrder()
    {
        var site = await collector.NewSiteAsync();
        var changes = new Saved(site, "changes");
        foreach (var (title, day) in ((string, string)[])[("last", "2026-11-22"), ("ahead", "2026-11-23"), ("first", "2026-10-26"), ("too early", "2026-10-25"), ("between", "2026-11-03")])
        {
            await changes.AddAsync($$"""{ "title": "{{title}}", "date": "{{day}}" }""");
        }

        foreach (var figure in (string[])["ces?by=day", "ces?by=week", "ces?by=month", "nps?by=day", "csat?by=month"])
        {
            Assert.Equal((figure, "2026-10-26 first, 2026-11-03 between, 2026-11-22 last"), (figure, string.Join(", ", (await MarksAsync(site, figure))!.Select(mark => $"{(string?)mark["date"]} {(string?)mark["title"]}"))));
        }

        var mark = (await MarksAsync(site, "ces?by=day&from=2026-11-22"))!.Single();
        Assert.Equal("last", (string?)(await changes.ReadAsync($"/{(string?)mark["id"]}"))["title"]);
        Assert.Null(await MarksAsync(site, "ces?by=touchpoint"));
        Assert.Null(await MarksAsync(site, "ces?"));
    }

    [Theory]
    [InlineData("", "business, buying by groups, contact, everything, mobile, pay, stage")]
    [InlineData("page=https://shop.example/pay", "business, buying by groups, everything, mobile, pay, stage")]
    [InlineData("touchpoint=shop.example/contact", "business, contact, everything, mobile")]
    [InlineData("group=contact", "business, contact, everything, mobile")]
    [InlineData("group=buy", "business, buying by groups, everything, mobile, pay, stage")]
    [InlineData("stage=decision", "business, buying by groups, everything, mobile, pay, stage")]
    [InlineData("group=cart", "business, buying by groups, everything, mobile, stage")]
    [InlineData("device=desktop", "business, buying by groups, contact, everything, pay, stage")]
    [InlineData("tag.segment=private", "buying by groups, contact, everything, mobile, pay, stage")]
    [InlineData("tag.plan=free", "business, buying by groups, contact, everything, mobile, pay, stage")]
    [InlineData("group=empty", "")] // No response is in it.
    public async Task OnlyWhatTouchesTheSelectionStandsOnItsTrend(string query, string titles)
    {
        var site = await collector.NewSiteAsync();
        var groups = new TestGroups(site);
        await groups.AddAsync("buy", ["/cart", "/pay"], "decision", "buyer");
        await groups.AddAsync("cart", ["/cart"]);
        await groups.AddAsync("contact", ["/contact"]);
        await groups.AddAsync("empty", ["/z"]);
        await site.StoreAsync([.. ((string[])["cart", "pay", "contact"]).Select(page => site.Response(effort: 4).On($"https://shop.example/{page}"))]);
        var changes = new Saved(site, "changes");
        foreach (var (title, selection) in ((string, string)[])
            [
                ("everything", "{}"), ("pay", """{ "page": "https://shop.example/pay" }"""), ("contact", """{ "touchpoint": "shop.example/contact" }"""),
                ("buying by groups", """{ "group": "buy" }"""), ("stage", """{ "stage": "decision" }"""), ("mobile", """{ "device": "mobile" }"""),
                ("business", """{ "tags": { "segment": "business" } }"""), ("of a group that is gone", """{ "group": "gone" }"""),
            ])
        {
            await changes.AddAsync($$"""{ "title": "{{title}}", "date": "2026-11-20", "selection": {{selection}} }""");
        }

        Assert.Equal(titles, string.Join(", ", (await MarksAsync(site, $"ces?by=day&{query}".TrimEnd('&')))!.Select(mark => (string?)mark["title"]).Order(StringComparer.Ordinal)));
    }

    private static async Task<IEnumerable<JsonNode>?> MarksAsync(TestSite site, string figure) =>
        (await site.GetAsync(figure)).Body!["changes"]?.AsArray().Select(mark => mark!).ToList();
}
