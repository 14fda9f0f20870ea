using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Collector.Dashboard.People;
using Collector.Tests.Support;

namespace Collector.Tests.Dashboard;

/// <summary>Touchpoints, patterns and the journey, as their pages show them to whoever may see them.</summary>
public sealed class ExplorePagesTests(RunningCollector collector)
{
    [Fact]
    public async Task AGroupHasAPageOfItsOwnAndNeitherGroupNorNameLeadsToTheList()
    {
        var (site, browser) = await ReaderAsync(Role.Viewer);
        using (browser)
        {
            await new TestGroups(site).AddAsync("buying", ["/checkout/**"]);
            await site.StoreAsync(
                site.Response(effort: 2, success: "no").On("https://shop.example/checkout/pay"),
                site.Response(effort: 4, success: "yes").On("https://shop.example/checkout"),
                site.Response(effort: 7).On("https://shop.example/"));

            var page = await OpenAsync(browser, $"/sites/{site.Id}/touchpoint?group=buying");
            Assert.Equal("buying", page.QuerySelector("h1")!.TextContent);
            Assert.StartsWith("3.00", page.QuerySelector(".figure-value")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(["shop.example/checkout/pay", "shop.example/checkout"], page.QuerySelectorAll(".touchpoints a.touchpoint").Select(link => link.TextContent));

            using var neither = await browser.GetAsync($"/sites/{site.Id}/touchpoint?device=mobile");
            Assert.Equal($"/sites/{site.Id}/touchpoints?device=mobile", neither.Headers.Location?.ToString());
            using var unknown = await browser.GetAsync($"/sites/{site.Id}/touchpoint?group=nobody");
            Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        }
    }

    [Fact]
    public async Task TheLaterOfTwoDaysIsTheLastAndPaperSaysWhatIsShown()
    {
        var (site, browser) = await ReaderAsync(Role.Viewer);
        using (browser)
        {
            await new TestGroups(site).AddAsync("buying", ["/checkout/**"]);

            var page = await OpenAsync(browser, $"/sites/{site.Id}?from=2026-03-20&to=2026-03-01&group=buying&device=mobile&tag.plan=gold");
            Assert.Equal("2026-03-01", page.QuerySelector("#filter-from")!.GetAttribute("value"));
            Assert.Equal("2026-03-20", page.QuerySelector("#filter-to")!.GetAttribute("value"));
            Assert.Equal("1 Mar 2026 – 20 Mar 2026 · buying · Mobile · plan = gold", page.QuerySelector(".printed + .filters")!.PreviousElementSibling!.TextContent);
        }
    }

    [Fact]
    public async Task TheMapMarksWhatIsAPatternAndSaysWhereThereAreTooFewAnswers()
    {
        var (site, browser) = await ReaderAsync(Role.Viewer);
        using (browser)
        {
            await new TestGroups(site).AddAsync("talking", ["/contact"]);
            await StoreAPatternAsync(site);

            foreach (var (by, name) in ((string, string)[])[("", "shop.example/contact"), ("?by=group", "talking")])
            {
                var page = await OpenAsync(browser, $"/sites/{site.Id}/patterns{by}");
                var heads = page.QuerySelectorAll(".heat thead th").Select(head => head.TextContent.Trim()).ToList();
                var row = page.QuerySelectorAll(".heat tbody tr").Single(row => row.QuerySelector("th")!.TextContent.Trim() == name);
                var complaining = row.Children[heads.IndexOf("Make a complaint")].TextContent;
                Assert.Contains("▲", complaining, StringComparison.Ordinal);
                Assert.Contains("n = 40", complaining, StringComparison.Ordinal);
                Assert.Contains("harder than the rest", complaining, StringComparison.Ordinal);
                Assert.Contains("too few answers", row.Children[heads.IndexOf("Compare")].TextContent, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task WordsOfVisitorsAreForWhoMayReadThem()
    {
        var (site, browser) = await ReaderAsync(Role.Viewer);
        await StoreAPatternAsync(site);
        using (browser)
        {
            foreach (var path in (string[])["patterns", "touchpoint?name=shop.example/contact"])
            {
                var page = await OpenAsync(browser, $"/sites/{site.Id}/{path}");
                Assert.NotEmpty(page.QuerySelectorAll(".pattern"));
                Assert.DoesNotContain("I was sent from page to page.", page.Body!.TextContent, StringComparison.Ordinal);
                Assert.Empty(page.QuerySelectorAll("main a[href*='/comments'], main a[href*='/changes/new'], main a[href*='/goals/new']"));
            }
        }

        using var analyst = await collector.SignInAsync(await collector.AddPersonAsync(site, Role.Analyst));
        foreach (var path in (string[])["patterns", "touchpoint?name=shop.example/contact"])
        {
            var page = await OpenAsync(analyst, $"/sites/{site.Id}/{path}");
            Assert.Contains("I was sent from page to page.", page.Body!.TextContent, StringComparison.Ordinal);
            Assert.NotEmpty(page.QuerySelectorAll("main a[href*='/comments']"));
        }
    }

    [Fact]
    public async Task AJourneyWithoutStagesSaysHowToGiveThemToWhoCan()
    {
        var (site, viewer) = await ReaderAsync(Role.Viewer);
        using var analyst = await collector.SignInAsync(await collector.AddPersonAsync(site, Role.Analyst));
        using (viewer)
        {
            Assert.Null((await OpenAsync(viewer, $"/sites/{site.Id}/journey")).QuerySelector(".empty a"));
            Assert.Equal($"/sites/{site.Id}/settings/groups", (await OpenAsync(analyst, $"/sites/{site.Id}/journey")).QuerySelector(".empty a")!.GetAttribute("href"));
        }
    }

    [Fact]
    public async Task AStageCountsATouchpointOfTwoGroupsOnceAndIsLowOnlyBeyondChance()
    {
        var (site, browser) = await ReaderAsync(Role.Viewer);
        using (browser)
        {
            var groups = new TestGroups(site);
            await groups.AddAsync("pay", ["/pay"], "decision", "buyer");
            await groups.AddAsync("all-of-buying", ["/pay", "/basket"], "decision", "buyer");
            await groups.AddAsync("home", ["/"], "interest", "buyer");
            await site.StoreManyAsync(Enumerable.Range(0, 12).Select(i => site.Response(effort: 4 + (i % 2)).On("https://shop.example/pay")));
            await site.StoreManyAsync(Enumerable.Range(0, 12).Select(i => site.Response(effort: 4 + (i % 2)).On("https://shop.example/")));

            var even = await OpenAsync(browser, $"/sites/{site.Id}/journey");
            Assert.Equal(["Interest", "Decision"], even.QuerySelectorAll(".journey thead th").Select(stage => stage.TextContent.Trim()));
            Assert.All(even.QuerySelectorAll(".journey tbody tr:nth-child(2) td"), cell => Assert.Contains("n = 12", cell.TextContent, StringComparison.Ordinal));

            await site.StoreManyAsync(Enumerable.Range(0, 20).Select(i => site.Response(effort: 1 + (i % 2)).On("https://shop.example/pay")));
            var uneven = await OpenAsync(browser, $"/sites/{site.Id}/journey");
            Assert.Equal(["↑ Peak", "↓ Low"], uneven.QuerySelectorAll(".journey thead .badge").Select(badge => badge.TextContent));
        }
    }

    // On the contact page who complains finds it hard, and one visitor compares there; elsewhere it is easy.
    private static async Task StoreAPatternAsync(TestSite site)
    {
        await site.StoreManyAsync(Enumerable.Range(0, 40).Select(_ => site.Response(effort: 1, intent: "complain").Answering("reason", text: "I was sent from page to page.")));
        await site.StoreManyAsync(Enumerable.Range(0, 40).Select(_ => site.Response(effort: 7, intent: "contact")));
        await site.StoreManyAsync(Enumerable.Range(0, 40).Select(i => site.Response(effort: 7, intent: i < 20 ? "compare" : "complain").On("https://shop.example/kettles")));
        await site.StoreAsync(site.Response(effort: 6, intent: "compare"));
    }

    private async Task<(TestSite Site, BrowserLike Browser)> ReaderAsync(Role role)
    {
        var site = await collector.NewSiteAsync();
        return (site, await collector.SignInAsync(await collector.AddPersonAsync(site, role)));
    }

    private static async Task<IDocument> OpenAsync(BrowserLike browser, string path)
    {
        using var reply = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
