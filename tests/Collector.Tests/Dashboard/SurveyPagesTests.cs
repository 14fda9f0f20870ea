using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Collector.Dashboard.People;
using Collector.Tests.Support;

namespace Collector.Tests.Dashboard;

/// <summary>Surveys by plain forms: what somebody without scripts does.</summary>
public sealed class SurveyPagesTests(RunningCollector collector)
{
    private const string WithAllThatThereIs =
        """
        { "id": "all", "priority": -3,
          "where": { "include": ["/checkout/**", "shop.example/cart"], "groups": ["buying"], "exclude": ["/checkout/done"], "devices": ["mobile", "tablet"], "languages": ["nl", "en"],
                     "tags": { "segment": ["business", "school"], "plan": ["pro"] } },
          "show": { "afterSeconds": 0, "scroll": 40, "exit": true, "inactiveSeconds": 20, "click": ".help > \"a\"", "success": "#order", "failure": ".error", "event": "ordered", "tab": true, "inline": true, "pages": 2 },
          "often": { "share": 0.125, "quietDaysAfterAnswer": 90, "quietDaysAfterDismissal": 14, "perDay": 200, "alongside": "effort-and-intention" },
          "questions": [ { "standard": "ces-1" }, { "standard": "intent", "optional": true }, { "standard": "success", "when": [ { "question": "intent", "not": "job" } ] },
            { "standard": "reason", "when": [ { "question": "effort", "below": 3 }, { "question": "effort", "above": 4 }, { "question": "success", "is": "no" } ] },
            { "standard": "nps" }, { "standard": "csat" },
            { "id": "price", "type": "rating", "scale": { "min": 0, "max": 4, "easy": "low" }, "text": { "en": "Too dear & \"odd\" <b>?", "fy": "Te djoer?" }, "low": { "en": "No" }, "high": { "en": "Yes" } },
            { "id": "missed", "type": "choices", "text": { "en": "What did you miss?" }, "choices": [ { "id": "photo", "text": { "en": "A photo" } }, { "id": "other", "text": { "en": "Other" } } ] } ],
          "labels": { "thanks": { "en": "Thanks a lot.", "de": "Danke." } } }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SavingAFormAsItCameChangesNothing()
    {
        var (site, browser) = await EditorAsync();
        using (browser)
        {
            await new TestGroups(site).SendAsync(HttpMethod.Post, body: """{ "id": "buying", "name": "Buying", "patterns": ["/checkout/**"] }""");
            Assert.Equal(HttpStatusCode.Created, (await new TestSurveys(site).SendAsync(HttpMethod.Post, body: WithAllThatThereIs)).Status);
            var before = await SurveyAsync(site, "all");

            using var saved = await SaveAsync(browser, site, "all", await FieldsAsync(browser, $"/sites/{site.Id}/surveys/all"));

            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
            Assert.Equal(before.ToJsonString(), (await SurveyAsync(site, "all")).ToJsonString());
        }
    }

    [Fact]
    public async Task WhatIsTypedStaysWhileQuestionsAreAddedMovedAndRemovedAndNothingIsSaved()
    {
        var (site, browser) = await EditorAsync();
        using (browser)
        {
            var fields = await FieldsAsync(browser, Editor(site));
            fields["/questions/0/text/en"] = "Typed & not saved";
            fields = await PressAsync(browser, site, fields, "own choice");
            fields["/questions/4/text/en"] = "My own";
            fields["/questions/4/choices/1/text/en"] = "Second";
            fields = await PressAsync(browser, site, fields, "up /questions/4/choices/1");
            fields = await PressAsync(browser, site, fields, "up /questions/4");
            fields = await PressAsync(browser, site, fields, "remove /questions/1");

            Assert.Equal("Typed & not saved", fields["/questions/0/text/en"]);
            Assert.Equal("My own", fields["/questions/2/text/en"]);
            Assert.Equal("Second", fields["/questions/2/choices/0/text/en"]);
            Assert.Equal("", fields["/questions/2/choices/1/text/en"]);
            Assert.Equal(["effort", "success", "choice", "reason"], Enumerable.Range(0, 4).Select(i => fields[$"/questions/{i}/id"]));
            Assert.DoesNotContain("/questions/4/id", fields.Keys);
            Assert.Equal(1, (int)(await SurveyAsync(site, "effort-and-intention"))["version"]!);
        }
    }

    [Fact]
    public async Task WhatIsWrongStandsBesideItsFieldAndNothingIsSaved()
    {
        var (site, browser) = await EditorAsync();
        using (browser)
        {
            var fields = await FieldsAsync(browser, Editor(site));
            fields["/questions/0/text/en"] = " ";
            fields["/where/include"] = "/fine\n/prod*";
            fields["/often/share"] = "many";

            using var reply = await SaveAsync(browser, site, "effort-and-intention", fields);
            var page = new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync(Cancellation));

            Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.StatusCode);
            Assert.Contains("default language", ErrorOf(page, "/questions/0/text/en"), StringComparison.Ordinal);
            Assert.StartsWith("/prod*: A star stands for a whole segment", ErrorOf(page, "/where/include"), StringComparison.Ordinal);
            Assert.Equal("A number from 0 to 100.", ErrorOf(page, "/often/share"));
            Assert.All(page.QuerySelectorAll(".form-error a"), link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
            Assert.Equal(1, (int)(await SurveyAsync(site, "effort-and-intention"))["version"]!);
        }
    }

    [Fact]
    public async Task AnEarlierVersionIsBroughtBackByWayOfTheForm()
    {
        var (site, browser) = await EditorAsync();
        using (browser)
        {
            await new TestSurveys(site).SendAsync(HttpMethod.Patch, "/effort-and-intention", """{ "questions": [ { "standard": "nps" } ] }""");

            using var saved = await SaveAsync(browser, site, "effort-and-intention", await FieldsAsync(browser, $"{Editor(site)}?from=1"));

            var survey = await SurveyAsync(site, "effort-and-intention");
            Assert.Equal((3, "effort"), ((int)survey["version"]!, (string)survey["questions"]![0]!["id"]!));
        }
    }

    [Fact]
    public async Task ACopyAsksTheSameAsADraft()
    {
        var (site, browser) = await EditorAsync();
        using (browser)
        {
            using var made = await browser.SendAsync($"/sites/{site.Id}/surveys/new?copy=effort-and-intention", $"/sites/{site.Id}/surveys/new", ("id", "second"), ("from", "copy effort-and-intention"));

            Assert.Equal($"/sites/{site.Id}/surveys/second", made.Headers.Location?.ToString());
            var (first, second) = (await SurveyAsync(site, "effort-and-intention"), await SurveyAsync(site, "second"));
            Assert.Equal("draft", (string)second["state"]!);
            Assert.Equal(first["questions"]!.ToJsonString(), second["questions"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task APreviewMaySendNothingToAnybodyAndStandsInNobodyElsesFrame()
    {
        var (site, browser) = await EditorAsync();
        using (browser)
        {
            using var preview = await browser.GetAsync($"{Editor(site)}/preview?language=nl");

            var policy = preview.Headers.GetValues("Content-Security-Policy").Single();
            Assert.All(["default-src 'none'", "connect-src 'none'", "form-action 'none'", "frame-ancestors 'self'"], part => Assert.Contains(part, policy, StringComparison.Ordinal));
            Assert.DoesNotContain("allow-same-origin", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ItIsSaidWhoWouldSeeASurveyAndWhichRuleKeepsItBack()
    {
        var (site, browser) = await EditorAsync();
        using (browser)
        {
            await new TestSurveys(site).SendAsync(HttpMethod.Patch, "/effort-and-intention", """{ "where": { "include": ["/checkout/**"], "tags": { "segment": ["business"] } } }""");

            var inside = await PageAsync(browser, $"/sites/{site.Id}/surveys/explain?page=shop.example/checkout/pay&tags=segment+%3D+business");
            var outside = await PageAsync(browser, $"/sites/{site.Id}/surveys/explain?page=shop.example/contact&tags=segment+%3D+business");

            Assert.Contains("This visitor gets “effort-and-intention”", inside.QuerySelector("#answer")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("gets no survey", outside.QuerySelector("#answer")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("Fails: The page is none that it is for: /checkout/**.", Assert.Single(outside.QuerySelectorAll(".failed span:not([aria-hidden]):not(.heard)")).TextContent);
        }
    }

    [Fact]
    public async Task ASurveyIsPausedShownAndRemovedByPeopleWhoMayAndByNobodyElse()
    {
        var (site, browser) = await EditorAsync();
        using var viewer = await collector.SignInAsync(await collector.AddPersonAsync(site, Role.Viewer));
        using (browser)
        {
            using var refused = await viewer.GetAsync(Editor(site));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

            foreach (var state in (string[])["paused", "live"])
            {
                using var changed = await browser.SendAsync($"/sites/{site.Id}/surveys", $"{Editor(site)}/state", ("state", state));
                Assert.Equal(state, (string)(await SurveyAsync(site, "effort-and-intention"))["state"]!);
            }

            using var removed = await browser.SendAsync($"{Editor(site)}/remove", $"{Editor(site)}/remove");
            Assert.Empty((await new TestSurveys(site).SendAsync(HttpMethod.Get)).Body!["items"]!.AsArray());
        }
    }

    private static async Task<JsonNode> SurveyAsync(TestSite site, string survey) => (await new TestSurveys(site).SendAsync(HttpMethod.Get, $"/{survey}")).Body!;

    private static string Editor(TestSite site) => $"/sites/{site.Id}/surveys/effort-and-intention";

    private async Task<(TestSite Site, BrowserLike Browser)> EditorAsync()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["languages"] = new JsonArray("en", "nl") });
        return (site, await collector.SignInAsync(await collector.AddPersonAsync(site, Role.Analyst)));
    }

    private static async Task<IHtmlDocument> PageAsync(BrowserLike browser, string path)
    {
        using var reply = await browser.GetAsync(path);
        return new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<Dictionary<string, string>> FieldsAsync(BrowserLike browser, string path) => FieldsOf(await PageAsync(browser, path));

    private static async Task<Dictionary<string, string>> PressAsync(BrowserLike browser, TestSite site, Dictionary<string, string> fields, string button)
    {
        fields["do"] = button;
        using var reply = await browser.PostAsync(Editor(site), fields["form-token"], [.. fields.Where(field => field.Key != "form-token").Select(field => (field.Key, field.Value))]);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return FieldsOf(new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync(Cancellation)));
    }

    private static Task<HttpResponseMessage> SaveAsync(BrowserLike browser, TestSite site, string survey, Dictionary<string, string> fields) => browser.PostAsync(
        $"/sites/{site.Id}/surveys/{survey}", fields["form-token"], [.. fields.Where(field => field.Key != "form-token").Select(field => (field.Key, field.Value)), ("do", "save")]);

    // What a browser would send of the editor's form.
    private static Dictionary<string, string> FieldsOf(IHtmlDocument page) => page.QuerySelectorAll(".editor [name]")
        .Where(field => field is IHtmlSelectElement or IHtmlTextAreaElement or IHtmlInputElement { Type: not ("checkbox" or "radio") } or IHtmlInputElement { IsChecked: true })
        .ToDictionary(field => field.GetAttribute("name")!, field => field switch
        {
            IHtmlSelectElement select => select.Value ?? "",
            IHtmlTextAreaElement text => text.Value,
            _ => ((IHtmlInputElement)field).Value,
        });

    private static string ErrorOf(IHtmlDocument page, string field) => page.GetElementById($"{field}-error")!.TextContent;
}
