using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest.Hosted;

/// <summary>Whatever stands in texts, addresses and forms: it stays text, nothing is stored that was not asked, and a person always sees a page.</summary>
public sealed class HostedHostileTests(RunningCollector collector)
{
    private const string Attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;{{7*7}}</title></style></textarea>";

    private static string AttackAsJson => JsonValue.Create(Attack)!.ToJsonString();

    [Fact]
    public async Task TextsStayTexts()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["name"] = Attack, ["languages"] = new JsonArray("en") });
        var text = $$"""{ "en": {{AttackAsJson}} }""";
        await new TestSurveys(site).AddAsync(
            "desk",
            $$"""
            "labels": { "name": {{text}}, "next": {{text}}, "send": {{text}}, "skip": {{text}}, "back": {{text}}, "specify": {{text}}, "privacy": {{text}}, "thanks": {{text}} }
            """,
            $$"""
            { "id": "a", "type": "rating", "text": {{text}}, "low": { "en": "<i>low</i>" }, "high": { "en": "\"><script>" } },
            { "id": "b", "type": "choice", "text": {{text}}, "choices": [ { "id": "other", "text": {{text}} }, { "id": "c", "text": {{text}} } ] },
            { "id": "c", "type": "comment", "text": {{text}} }
            """);
        var browser = await new HostedBrowser(site, "desk?touchpoint=shop.example/%22%3E%3Cscript%3Ealert(1)%3C/script%3E&lang=%22%3E%3Cscript%3E").OpenAsync();
        await IsHarmlessAsync();
        await browser.Choose("1").PressAsync();
        await IsHarmlessAsync();
        Assert.All(browser.Page.QuerySelectorAll(".options label"), label => Assert.Equal(Attack, label.TextContent.Trim()));
        await browser.Choose("other").Write(Attack).PressAsync();
        await browser.PressAsync("back");
        Assert.Equal(Attack, browser.Page.QuerySelector("textarea")!.TextContent);
        await IsHarmlessAsync();
        await browser.PressAsync();
        await browser.Write(Attack + new string('x', 6_000)).PressAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Reply.StatusCode);
        Assert.StartsWith(Attack, browser.Page.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        await IsHarmlessAsync();
        await browser.Write("Fine").PressAsync();
        browser.Shows(HttpStatusCode.OK, Attack);
        await IsHarmlessAsync();

        Task IsHarmlessAsync()
        {
            Assert.Equal(Attack, browser.Heading);
            Assert.Equal(Attack, browser.Page.QuerySelector("header p")!.TextContent);
            Assert.Empty(browser.Page.QuerySelectorAll("script, img, i, svg, iframe"));
            Assert.DoesNotContain(browser.Page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
            return Task.CompletedTask;
        }
    }

    /// <summary>What is sent in place of what the form held.</summary>
    [Theory]
    [InlineData("id", "01936f5e-7a3c-7d4e-8f90-123456789abc", HttpStatusCode.BadRequest)]
    [InlineData("id", "", HttpStatusCode.BadRequest)]
    [InlineData("id", "' or 1=1 --", HttpStatusCode.BadRequest)]
    [InlineData("token", "", HttpStatusCode.BadRequest)]
    [InlineData("token", "AAAAAAAAAAAAAAAAAAAAAA", HttpStatusCode.BadRequest)]
    [InlineData("question", "unknown", HttpStatusCode.BadRequest)]
    [InlineData("question", "", HttpStatusCode.BadRequest)]
    [InlineData("version", "2", HttpStatusCode.NotFound)]
    [InlineData("version", "-1", HttpStatusCode.NotFound)]
    [InlineData("version", "99999999999", HttpStatusCode.NotFound)]
    [InlineData("answer", "8", HttpStatusCode.UnprocessableEntity)]
    [InlineData("answer", "-1", HttpStatusCode.UnprocessableEntity)]
    [InlineData("answer", "6.0", HttpStatusCode.UnprocessableEntity)]
    [InlineData("answer", "٣", HttpStatusCode.UnprocessableEntity)]
    [InlineData("answer", "1e0", HttpStatusCode.UnprocessableEntity)]
    [InlineData("answer", "\0", HttpStatusCode.BadRequest)]
    [InlineData("answer", "<script>", HttpStatusCode.UnprocessableEntity)]
    public async Task AFormThatWasTamperedWithStoresNothing(string field, string value, HttpStatusCode status)
    {
        var site = await collector.NewSiteAsync();
        var browser = await new HostedBrowser(site).OpenAsync();
        await browser.PostAsync([.. browser.Choose("6").Form().Where(entry => entry.Key != field), new(field, value)]);

        Assert.Equal(status, browser.Reply.StatusCode);
        Assert.NotNull(browser.Heading);
        Assert.Empty(browser.Page.QuerySelectorAll("script"));
        Assert.Empty(await StoredRows.QueryAsync(collector, "select * from responses where site = @Id", new { site.Id }));
    }

    [Fact]
    public async Task AFormIsGoodForItsOwnSiteSurveyAndResponseOnly()
    {
        var (site, other) = (await collector.NewSiteAsync(), await collector.NewSiteAsync());
        await new TestSurveys(site).AddAsync("desk");
        var browser = await new HostedBrowser(site).OpenAsync();
        var form = browser.Choose("6").Form();
        var widget = site.Response(effort: 1);
        await site.StoreAsync(widget);

        foreach (var elsewhere in (HostedBrowser[])[new(other), new(site, "desk")])
        {
            await elsewhere.PostAsync(form);
            elsewhere.Shows(HttpStatusCode.BadRequest, "Your answer did not arrive as it was sent.");
            Assert.NotNull(elsewhere.Page.QuerySelector("a[href='']"));
        }

        // Nor does a receipt, which the API gives for any response that one knows of, open one here.
        var receipt = (string)(await site.PostAsync(widget)).Body!["receipt"]!;
        await browser.PostAsync([.. form.Where(field => field.Key is not ("id" or "token")), new("id", widget.Id), new("token", receipt)]);
        browser.Shows(HttpStatusCode.BadRequest, "Your answer did not arrive as it was sent.");
        Assert.Equal(1L, (long)(await StoredRows.QueryAsync(collector, "select effort from responses where site = @Id", new { site.Id })).Single()["effort"]!);
    }

    [Theory]
    [InlineData("application/json", "{}", 1, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", "answer=6", 1, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data; boundary=x", "--x--", 1, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "a=", 40_000, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("application/x-www-form-urlencoded", "a=&", 1_000, HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded", "%%%=%ZZ&=&%00=%FF%FE&\uFFFD", 1, HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded", "%%%=%ZZ&=&%FF%FE&\uFFFD", 1, HttpStatusCode.NotFound)]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "+ADw-script", 1, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded; charset=\"", "a=b", 1, HttpStatusCode.UnsupportedMediaType)]
    public async Task WhatNoBrowserSendsIsRefusedOnAPage(string type, string body, int times, HttpStatusCode status)
    {
        var browser = new HostedBrowser(await collector.NewSiteAsync());
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(body, times))));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var request = new HttpRequestMessage(HttpMethod.Post, browser.Address) { Content = content };
        await browser.SendAsync(request);

        Assert.Equal((status, "text/html; charset=utf-8"), (browser.Reply.StatusCode, browser.Reply.Content.Headers.ContentType?.ToString()));
        Assert.NotNull(browser.Heading);
    }
}
