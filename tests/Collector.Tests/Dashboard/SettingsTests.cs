using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Collector.Dashboard.People;
using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Dashboard;

/// <summary>The settings of a site, as they are changed by forms without scripts.</summary>
public sealed class SettingsTests(RunningCollector collector)
{
    [Fact]
    public async Task WhatIsWrongIsSaidBesideItsFieldAndNothingIsSaved()
    {
        var (site, browser) = await OwnerAsync();

        using var refused = await browser.SendAsync($"/sites/{site.Id}/settings", $"/sites/{site.Id}/settings", General(("allowedOrigins", "shop.example\nftp://shop.example"), ("minimumAnswers", "few")));
        var page = await PageAsync(refused);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.StartsWith("ftp://shop.example: Not an origin", page.QuerySelector("#allowedOrigins-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("A whole number.", page.QuerySelector("#minimumAnswers-error")!.TextContent);
        Assert.Equal("Kiosk", page.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Equal("Shop", (string)(await ReadAsync(site))["name"]!);
    }

    [Fact]
    public async Task SettingsAreSavedAndTheTrailSaysWhichAndWho()
    {
        var (site, browser) = await OwnerAsync();

        using var saved = await browser.SendAsync($"/sites/{site.Id}/settings", $"/sites/{site.Id}/settings", General(("allowedOrigins", "www.shop.example")));
        Assert.Equal($"/sites/{site.Id}/settings", saved.Headers.Location?.ToString());

        var now = await ReadAsync(site);
        Assert.Equal(("Kiosk", "https://www.shop.example"), ((string)now["name"]!, (string)now["allowedOrigins"]![0]!));
        using var trail = await browser.GetAsync($"/sites/{site.Id}/settings/audit?kind=site");
        var first = (await PageAsync(trail)).QuerySelector(".trail tbody tr")!;
        Assert.Contains("Ann Example", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("Name, Allowed origins", first.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ColoursThatCannotBeReadAreRefusedInTheReadersLanguage()
    {
        var site = await collector.NewSiteAsync();
        using var owner = await collector.SignInAsync(await collector.AddPersonAsync(site, language: "nl"));
        var path = $"/sites/{site.Id}/settings/appearance";

        using var refused = await owner.SendAsync(path, path, ("ownLight", "true"), ("lightBackground", "#ffffff"), ("lightText", "#cccccc"), ("lightAccent", "#2a58bf"), ("lightOnAccent", "blue"));
        Assert.Equal("Moet een kleur zijn, zoals #2a58bf.", (await PageAsync(refused)).QuerySelector("#light-onAccent-error")!.TextContent);

        using var unread = await owner.SendAsync(path, path, ("ownLight", "true"), ("lightBackground", "#ffffff"), ("lightText", "#cccccc"), ("lightAccent", "#2a58bf"), ("lightOnAccent", "#ffffff"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unread.StatusCode);
        Assert.Equal("Het contrast met de achtergrond is 1,6 op 1; dat moet minstens 4,5 zijn.", (await PageAsync(unread)).QuerySelector("#light-text-error")!.TextContent);
    }

    [Fact]
    public async Task ASiteIsRemovedByWhoTypesItsName()
    {
        var (site, browser) = await OwnerAsync();
        var path = $"/sites/{site.Id}/settings";

        using var refused = await browser.SendAsync(path, $"{path}/remove", ("called", "Another"));
        Assert.Equal("That is not the site's name.", (await PageAsync(refused)).QuerySelector("#called-error")!.TextContent);
        Assert.Equal("Shop", (string)(await ReadAsync(site))["name"]!);

        using var removed = await browser.SendAsync(path, $"{path}/remove", ("called", "Shop"));
        Assert.Equal("/sites", removed.Headers.Location?.ToString());
        using var gone = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode); // As any site that one is no member of.
    }

    [Fact]
    public async Task AWebhookIsMadeByAFormAndItsMessagesCanBeSentAgain()
    {
        var site = await collector.NewSiteAsync();
        using var analyst = await collector.SignInAsync(await collector.AddPersonAsync(site, Role.Analyst, language: "nl"));
        var path = $"/sites/{site.Id}/settings/webhooks";

        using var refused = await analyst.SendAsync($"{path}/new", $"{path}/new", ("name", "Desk"), ("url", "https://10.0.0.1/"), ("format", "slack"));
        var wrong = await PageAsync(refused);
        Assert.Equal("Het adres ligt niet op het openbare internet.", wrong.QuerySelector("#url-error")!.TextContent);
        Assert.Equal("Kies er minstens één.", wrong.QuerySelector("#events-error")!.TextContent);
        Assert.Equal("slack", wrong.QuerySelector("#format option[selected]")!.GetAttribute("value"));

        using var made = await analyst.SendAsync($"{path}/new", $"{path}/new", ("name", "Desk"), ("url", "https://receiver.invalid/"), ("event", "response.completed"), ("comments", "true"));
        Assert.StartsWith("whsec_", (await PageAsync(made)).QuerySelector("#secret")!.TextContent, StringComparison.Ordinal);
        using var list = await analyst.GetAsync(path);
        var page = (await PageAsync(list)).QuerySelector(".webhooks a")!.GetAttribute("href")!;

        using var tried = await analyst.SendAsync(page, $"{page}/test");
        using var after = await analyst.GetAsync(tried.Headers.Location!.ToString());
        Assert.StartsWith("Het proefbericht werd niet aangenomen.", (await PageAsync(after)).QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);

        await site.StoreAsync(site.Response(effort: 2).With("state", "complete"));
        using var paused = await analyst.SendAsync(page, page, ("do", "pause"));
        using var shown = await analyst.GetAsync(page);
        var one = await PageAsync(shown);
        Assert.Equal("Gepauzeerd", one.QuerySelector(".badge")!.TextContent.Trim());
        Assert.Single(one.QuerySelectorAll(".deliveries tbody tr"));

        using var removed = await analyst.SendAsync(page, $"{page}/remove");
        using var viewer = await collector.SignInAsync(await collector.AddPersonAsync(site, Role.Viewer));
        using var forbidden = await viewer.GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Fact]
    public async Task AShorterRetentionThatErasesIsAskedOnceMore()
    {
        var (site, browser) = await OwnerAsync();
        await site.StoreAsync(site.Response(effort: 3).With("answeredAt", "2026-11-17T09:00:00Z"));
        var path = $"/sites/{site.Id}/settings/privacy";
        (string, string)[] form = [("retentionDays", "2"), ("quietDays", "0")];

        using var asked = await browser.SendAsync(path, path, form);
        Assert.Contains("1 responses of before 20 Nov 2026", (await PageAsync(asked)).QuerySelector(".confirm")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(730, (int)(await ReadAsync(site))["retentionDays"]!);

        using var done = await browser.SendAsync(path, path, [.. form, ("erases", "2")]);
        Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        Assert.Equal(2, (int)(await ReadAsync(site))["retentionDays"]!);
    }

    [Fact]
    public async Task AnAnalystSeesGroupsAndRulesAndNothingOfTheSite()
    {
        var (site, _) = await OwnerAsync();
        using var analyst = await collector.SignInAsync(await collector.AddPersonAsync(site, Role.Analyst));
        using var viewer = await collector.SignInAsync(await collector.AddPersonAsync(site, Role.Viewer));

        using var front = await analyst.GetAsync($"/sites/{site.Id}/settings");
        Assert.Equal($"/sites/{site.Id}/settings/groups", front.Headers.Location?.ToString());
        using var groups = await analyst.GetAsync($"/sites/{site.Id}/settings/groups");
        Assert.Equal(["Groups", "Touchpoint rules", "Webhooks", "Import", "Export"], (await PageAsync(groups)).QuerySelectorAll(".tabs a").Select(tab => tab.TextContent));
        foreach (var page in (string[])["appearance", "privacy", "keys", "people", "audit"])
        {
            using var refused = await analyst.GetAsync($"/sites/{site.Id}/settings/{page}");
            Assert.Equal((page, HttpStatusCode.Forbidden), (page, refused.StatusCode));
        }

        using var nothing = await viewer.GetAsync($"/sites/{site.Id}/settings/groups");
        Assert.Equal(HttpStatusCode.Forbidden, nothing.StatusCode);
    }

    [Fact]
    public async Task AGroupIsShownWithWhatFallsInItBeforeItIsMade()
    {
        var (site, browser) = await OwnerAsync();
        await site.StoreAsync(site.Response(effort: 5).On("https://shop.example/checkout/pay"), site.Response(effort: 5).On("https://shop.example/contact"));
        var path = $"/sites/{site.Id}/settings/groups/new";

        using var shown = await browser.SendAsync(path, path, ("name", "Café & kassa"), ("patterns", "/checkout/**"), ("do", "preview"));
        var preview = (await PageAsync(shown)).QuerySelector("#preview")!;
        Assert.StartsWith("1 touchpoint falls in it", preview.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("shop.example/checkout/pay", preview.TextContent, StringComparison.Ordinal);

        using var made = await browser.SendAsync(path, path, ("name", "Café & kassa"), ("patterns", "/checkout/**"), ("stage", "decision"), ("journey", "buyer"), ("do", "save"));
        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        Assert.Equal("decision", (string)(await site.GetAsync("groups/cafe-kassa")).Body!["stage"]!);
    }

    [Fact]
    public async Task ARuleSaysWhatItWouldMoveAndRulesChangePlaces()
    {
        var (site, browser) = await OwnerAsync();
        await site.StoreAsync(site.Response(effort: 5).On("https://shop.example/p/red"), site.Response(effort: 5).On("https://shop.example/p/blue"), site.Response(effort: 5).On("https://shop.example/x"));
        var path = $"/sites/{site.Id}/settings/rules";

        using var shown = await browser.SendAsync($"{path}/new", $"{path}/new", ("pattern", "/p/*"), ("try", "shop.example/p/green?x=1"), ("do", "preview"));
        var preview = await PageAsync(shown);
        Assert.StartsWith("2 touchpoints would count elsewhere", preview.QuerySelector("#preview h2")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("shop.example/p/*", preview.QuerySelector(".tried")!.TextContent, StringComparison.Ordinal);

        foreach (var pattern in (string[])["/p/*", "/x/**"])
        {
            using var made = await browser.SendAsync($"{path}/new", $"{path}/new", ("pattern", pattern), ("do", "save"));
            Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        }

        using var list = await browser.GetAsync(path);
        var moves = (await PageAsync(list)).QuerySelectorAll("form.moves").Select(form => form.GetAttribute("action")!).ToList();
        using var moved = await browser.SendAsync(path, moves[1], ("do", "up"));
        using var after = await browser.GetAsync(path);
        Assert.Equal(["/x/**", "/p/*"], (await PageAsync(after)).QuerySelectorAll("tbody th code").Select(code => code.TextContent));
    }

    [Fact]
    public async Task AKeyIsShownOnceAndOpensNothingWhenItIsRevoked()
    {
        var (site, browser) = await OwnerAsync();
        var path = $"/sites/{site.Id}/settings/keys";

        using var made = await browser.SendAsync(path, path, ("name", "Report"), ("scope", "read"), ("scope", "manage"), ("expires", "2026-12-31"));
        var key = (await PageAsync(made)).QuerySelector("#secret")!.TextContent.Trim();
        Assert.StartsWith($"ck_{site.Id}_", key, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(key, site));

        using var list = await browser.GetAsync(path);
        var page = await PageAsync(list);
        Assert.DoesNotContain(key, page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        var row = page.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent == "Report");
        Assert.Contains("1 Jan 2027 00:00", row.TextContent, StringComparison.Ordinal);
        using var revoked = await browser.SendAsync(path, row.QuerySelector("form")!.GetAttribute("action")!);
        Assert.Equal(HttpStatusCode.Found, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithAsync(key, site));
    }

    [Fact]
    public async Task WhoIsInvitedBecomesAMemberByTheLinkThatIsShownOnce()
    {
        var (site, browser) = await OwnerAsync();
        var path = $"/sites/{site.Id}/settings/people";

        using var invited = await browser.SendAsync(path, path, ("email", "New@shop.example"), ("role", "analyst"));
        var link = new Uri((await PageAsync(invited)).QuerySelector("#secret")!.TextContent.Trim());
        using var guest = new BrowserLike(collector);
        using var joined = await guest.SendAsync(link.PathAndQuery, link.AbsolutePath, ("link", link.Query["?link=".Length..]), ("name", "Nora New"), ("password", SomePeople.Password));
        Assert.Equal($"/sites/{site.Id}", joined.Headers.Location?.ToString());

        using var members = await browser.GetAsync(path);
        Assert.Contains("Nora New", (await PageAsync(members)).QuerySelector(".people")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Nora New member joined", "Ann Example member invited"], await ActsAsync(site, "member"));

        using var again = await browser.SendAsync(path, path, ("email", "taken-back@shop.example"), ("role", "viewer"));
        using var back = await browser.SendAsync(path, $"{path}/take-back", ("email", "taken-back@shop.example"));
        Assert.Equal(HttpStatusCode.Found, back.StatusCode);
    }

    [Fact]
    public async Task AnotherRoleEndsSessionsAndNobodyChangesThemselves()
    {
        var (site, browser) = await OwnerAsync();
        var other = await collector.AddPersonAsync(site, Role.Viewer);
        using var others = await collector.SignInAsync(other);
        var path = $"/sites/{site.Id}/settings/people";

        using var changed = await browser.SendAsync(path, $"{path}/{other.Id}/role", ("role", "analyst"));
        Assert.Equal(HttpStatusCode.Found, changed.StatusCode);
        using var gone = await others.GetAsync($"/sites/{site.Id}");
        Assert.StartsWith("/sign-in", gone.Headers.Location?.ToString(), StringComparison.Ordinal);

        using var list = await browser.GetAsync(path);
        var own = (await PageAsync(list)).QuerySelectorAll(".people tbody tr").Single(row => row.TextContent.Contains("(you)", StringComparison.Ordinal));
        Assert.Null(own.QuerySelector("form"));
        await using var connection = await collector.Database.OpenAsync();
        var self = await connection.QuerySingleAsync<string>("select person from members where site = @Id and role = 'owner'", new { site.Id });
        using var refused = await browser.SendAsync(path, $"{path}/{self}/remove");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);

        // A link to choose anybody's password is the operator's alone.
        using var password = await browser.SendAsync(path, $"{path}/{other.Id}/password");
        Assert.Equal(HttpStatusCode.Forbidden, password.StatusCode);
        using var operators = await collector.SignInAsync(await collector.AddPersonAsync(isOperator: true));
        using var link = await operators.SendAsync(path, $"{path}/{other.Id}/password");
        Assert.Contains("/new-password?link=", (await PageAsync(link)).QuerySelector("#secret")!.TextContent, StringComparison.Ordinal);
    }

    private static (string, string)[] General(params (string Name, string Value)[] others) =>
        [.. new[] { ("name", "Kiosk"), ("timeZone", "Europe/Amsterdam"), ("languages", "nl, en"), ("minimumAnswers", "10"), ("maximumTouchpoints", "10000"), ("collapseIdentifiers", "true"), ("allowedOrigins", "") }
            .Where(field => others.All(other => other.Name != field.Item1)), .. others];

    private async Task<(TestSite Site, BrowserLike Browser)> OwnerAsync()
    {
        var site = await collector.NewSiteAsync();
        return (site, await collector.SignInAsync(await collector.AddPersonAsync(site)));
    }

    private static async Task<IDocument> PageAsync(HttpResponseMessage reply) => new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync());

    private static async Task<System.Text.Json.Nodes.JsonNode> ReadAsync(TestSite site) => (await site.GetAsync("")).Body!;

    private async Task<HttpStatusCode> StatusWithAsync(string key, TestSite site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/sites/{site.Id}/groups") { Headers = { Authorization = new("Bearer", key) } };
        using var reply = await collector.Visitor.SendAsync(request);
        return reply.StatusCode;
    }

    private async Task<IEnumerable<string>> ActsAsync(TestSite site, string kind)
    {
        await using var connection = await collector.Database.OpenAsync();
        return await connection.QueryAsync<string>("select actor_name || ' ' || kind || ' ' || action from audit where site = @Id and kind = @kind order by id desc", new { site.Id, kind });
    }
}
