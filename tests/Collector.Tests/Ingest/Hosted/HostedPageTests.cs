using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest.Hosted;

/// <summary>What a hosted survey shows, to whom, and what it does not do.</summary>
public sealed class HostedPageTests(RunningCollector collector)
{
    private const string NotFound = "This survey is not here, or not any more.", Elsewhere = "Something is wrong with the link to this survey: the address in it is not one of the site.";

    [Fact]
    public async Task ItIsAPageThatCanDoNothingButShowItselfAndSendItsForm()
    {
        var browser = await new HostedBrowser(await collector.NewSiteAsync()).OpenAsync();

        browser.Shows(HttpStatusCode.OK, "How easy was it to do what you came for?");
        var style = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(browser.Page.QuerySelector("style")!.TextContent)));
        Assert.Equal($"default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", Header("Content-Security-Policy"));
        Assert.Equal("no-store", Header("Cache-Control"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("noindex, nofollow", Header("X-Robots-Tag"));
        Assert.False(browser.Reply.Headers.Contains("Set-Cookie") || browser.Reply.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Empty(browser.Page.QuerySelectorAll("script, link, iframe, [style], [onclick], [src]"));
        Assert.Equal(("en", "ltr"), (browser.Page.DocumentElement.GetAttribute("lang"), browser.Page.DocumentElement.GetAttribute("dir")));

        string Header(string name) => string.Join(' ', browser.Reply.Headers.GetValues(name));
    }

    [Fact]
    public async Task AGroupOfScoresSaysItsQuestionAndItsEnds()
    {
        var browser = await new HostedBrowser(await collector.NewSiteAsync()).OpenAsync();

        var group = browser.Page.QuerySelector("fieldset[role=radiogroup]")!;
        Assert.Equal(browser.Heading, group.QuerySelector("legend")!.TextContent);
        Assert.Equal(["1, Very difficult", "2", "3", "4", "5", "6", "7, Very easy"], group.QuerySelectorAll("label").Select(label => label.TextContent.Trim()));
        Assert.Equal(["Very difficult", "Very easy"], group.QuerySelectorAll(".ends span").Select(end => end.TextContent));
    }

    [Theory]
    [InlineData("de-CH,de;q=0.9,en;q=0.8", "", "en", "ltr")]
    [InlineData("fi", "", "nl", "ltr")]
    [InlineData("en;q=0.1, ar-EG, nl;q=0", "", "ar", "rtl")]
    [InlineData("nl", "&lang=AR", "ar", "rtl")]
    [InlineData("nl", "&lang=fi", "nl", "ltr")]
    [InlineData("nl", "&lang=%22%3E%3Cscript%3E", "nl", "ltr")]
    [InlineData("*;q=0.5, ;;, en-", "", "nl", "ltr")]
    public async Task ItSpeaksTheVisitorsLanguageOrElseTheSites(string browsers, string parameter, string language, string direction)
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["languages"] = new JsonArray("nl", "en", "ar") });
        await new TestSurveys(site).AddAsync("desk", questions: """{ "id": "q", "type": "comment", "text": { "nl": "Hoe?", "en": "How?", "ar": "كيف؟" } }""");
        var browser = new HostedBrowser(site, $"desk?touchpoint=shop.example/desk{parameter}") { Headers = { ["Accept-Language"] = browsers } };
        await browser.OpenAsync();

        Assert.Equal((language, direction), (browser.Page.DocumentElement.GetAttribute("lang"), browser.Page.DocumentElement.GetAttribute("dir")));
        Assert.Equal(language switch { "nl" => "Hoe?", "en" => "How?", _ => "كيف؟" }, browser.Heading);
        await browser.Write("So").PressAsync();
        Assert.Equal(HttpStatusCode.OK, browser.Reply.StatusCode);
    }

    [Fact]
    public async Task ItLooksAsTheSiteSays()
    {
        var site = await collector.NewSiteAsync(new JsonObject
        {
            ["appearance"] = JsonNode.Parse(
                """
                { "colors": { "background": "#fff8e7", "text": "#101010", "accent": "#7a1fa2", "onAccent": "#ffffff" },
                  "darkColors": { "background": "#101010", "text": "#f0f0f0", "accent": "#e1bee7", "onAccent": "#101010" },
                  "cornerRadius": 3, "font": "\"Open Sans\", sans-serif", "logo": "https://shop.example/logo.svg" }
                """),
        });
        var browser = await new HostedBrowser(site).OpenAsync();

        var style = browser.Page.QuerySelector("style")!.TextContent;
        Assert.Contains(":root { --surface: #fff8e7; --ink: #101010; --accent: #7a1fa2; --on-accent: #ffffff; }", style, StringComparison.Ordinal);
        Assert.Contains("@media (prefers-color-scheme: dark) { :root { --surface: #101010; --ink: #f0f0f0; --accent: #e1bee7; --on-accent: #101010; }", style, StringComparison.Ordinal);
        Assert.Contains("--radius: 3px;", style, StringComparison.Ordinal);
        Assert.Contains("--font: \"Open Sans\", sans-serif\n", style, StringComparison.Ordinal);
        var logo = browser.Page.QuerySelector("header img")!;
        Assert.Equal(("https://shop.example/logo.svg", "Shop"), (logo.GetAttribute("src"), logo.GetAttribute("alt")));
        Assert.Contains(" img-src https://shop.example;", string.Join(' ', browser.Reply.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "en", NotFound)]
    [InlineData("draft", "en", NotFound)]
    [InlineData("paused", "de-AT", "Diese Umfrage gibt es nicht (mehr).")]
    [InlineData("retired", "fi", "Deze vragenlijst is er niet (meer).")]
    public async Task WhatIsNotAskedNowIsNotFoundInTheVisitorsLanguage(string state, string language, string words)
    {
        var site = await collector.NewSiteAsync();
        var surveys = new TestSurveys(site);
        if (state == "draft")
        {
            await surveys.DoAsync(HttpMethod.Post, body: """{ "id": "desk", "questions": [ { "standard": "nps" } ] }""");
        }
        else if (state != "none")
        {
            await surveys.AddAsync("desk");
            var reply = state == "retired" ? await surveys.SendAsync(HttpMethod.Delete, "/desk") : await surveys.SendAsync(HttpMethod.Patch, "/desk", $$"""{ "state": "{{state}}" }""");
            Assert.True(reply.Status is HttpStatusCode.OK or HttpStatusCode.NoContent, $"{reply.Body}");
        }

        var browser = new HostedBrowser(site, "desk") { Headers = { ["Accept-Language"] = language } };
        (await browser.OpenAsync()).Shows(HttpStatusCode.NotFound, words);
    }

    [Fact]
    public async Task AnUnknownSiteIsNotFoundOnAPageToo()
    {
        var site = await collector.NewSiteAsync();
        foreach (var key in (string[])["st_0000000000000000000000", "st_", "..%2f"])
        {
            var browser = await new HostedBrowser(site with { SiteKey = key }).OpenAsync();
            browser.Shows(HttpStatusCode.NotFound, NotFound);
        }
    }

    [Theory]
    [InlineData("shop.example/desk/amsterdam", "shop.example/desk/amsterdam", "shop.example/desk/amsterdam")]
    [InlineData("https://shop.example/contact?utm_source=mail%23top", "shop.example/contact", "shop.example/contact")]
    [InlineData("HTTP://SHOP.example/orders/123", "shop.example/orders/123", "shop.example/orders/{id}")]
    [InlineData("shop.example/go?to=https://other.example/", "shop.example/go", "shop.example/go")]
    [InlineData("", "shop.example/s/effort-and-intention", "shop.example/s/effort-and-intention")]
    public async Task TheTouchpointIsAPageWithOrWithoutItsScheme(string touchpoint, string page, string name)
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["allowedOrigins"] = new JsonArray("https://shop.example", "https://other.shop.example") });
        var browser = await new HostedBrowser(site, $"effort-and-intention?touchpoint={Uri.EscapeDataString(touchpoint)}").OpenAsync();
        var id = browser.Id;
        await browser.Choose("6").PressAsync();

        var row = (await StoredRows.QueryAsync(
            collector, "select page, name from responses join touchpoints on touchpoints.site = responses.site and touchpoints.number = touchpoint where responses.id = @id", new { id })).Single();
        Assert.Equal((page, name), ((string)row["page"]!, (string)row["name"]!));
    }

    [Theory]
    [InlineData("other.example/desk")]
    [InlineData("https://other.example/")]
    [InlineData("https://shop.example@other.example/")]
    [InlineData("ftp://shop.example/desk")]
    [InlineData("javascript:alert(1)")]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("http://")]
    public async Task AnotherSitesAddressIsToldOfOnAPage(string touchpoint)
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["allowedOrigins"] = new JsonArray("https://shop.example") });
        var good = await new HostedBrowser(site).OpenAsync();
        var browser = await new HostedBrowser(site, $"effort-and-intention?touchpoint={Uri.EscapeDataString(touchpoint)}").OpenAsync();

        browser.Shows(HttpStatusCode.Forbidden, Elsewhere);
        Assert.Empty(browser.Page.QuerySelectorAll("script, form"));
        await browser.PostAsync([.. good.Choose("6").Form()]);
        browser.Shows(HttpStatusCode.Forbidden, Elsewhere);
        Assert.Empty(await StoredRows.QueryAsync(collector, "select * from responses where site = @Id", new { site.Id }));
    }
}
