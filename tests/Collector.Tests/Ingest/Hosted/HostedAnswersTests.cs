using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest.Hosted;

/// <summary>What becomes of the answers that are given on a hosted page.</summary>
public sealed class HostedAnswersTests(RunningCollector shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpeningItStoresNothingAndTheFirstAnswerTellsThatItWasShown()
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        for (var scanner = 0; scanner < 3; scanner++)
        {
            await new HostedBrowser(site).OpenAsync();
        }

        var browser = await new HostedBrowser(site).OpenAsync();
        Assert.Empty(await StoredRows.QueryAsync(collector, "select * from responses"));

        var opened = collector.Time.Now;
        collector.Time.Now += TimeSpan.FromSeconds(20);
        await browser.Choose("6").PressAsync();

        var touchpoint = (await site.GetAsync("touchpoints")).Body!["items"]![0]!;
        Assert.Equal((1, 1), ((int)touchpoint["shown"]!, (int)touchpoint["responses"]!));
        var row = (await StoredRows.QueryAsync(collector, "select * from responses")).Single();
        Assert.Equal((1L, "partial", opened.ToUnixTimeMilliseconds()), ((long)row["revision"]!, (string)row["state"]!, (long)row["shown_at"]!));
        Assert.Equal(("", "en", 6L), ((string)row["suspect"]!, (string)row["language"]!, (long)row["effort"]!));
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task EveryTypeIsAskedAndEachAnswerIsStoredBeforeTheNextQuestionShows()
    {
        var site = await shared.NewSiteAsync();
        await new TestSurveys(site).AddAsync("all", questions:
            """
            { "standard": "ces-1" }, { "standard": "intent" }, { "standard": "success" }, { "standard": "nps" }, { "standard": "csat" },
            { "id": "stars", "type": "rating", "text": { "nl": "Sterren", "en": "Stars" }, "low": { "nl": "a", "en": "a" }, "high": { "nl": "b", "en": "b" } },
            { "id": "color", "type": "choice", "optional": true, "text": { "nl": "Kleur", "en": "Colour" },
              "choices": [ { "id": "red", "text": { "nl": "Rood", "en": "Red" } }, { "id": "other", "text": { "nl": "Anders", "en": "Other" } } ] },
            { "id": "sizes", "type": "choices", "text": { "nl": "Maten", "en": "Sizes" },
              "choices": [ { "id": "s", "text": { "nl": "S", "en": "S" } }, { "id": "m", "text": { "nl": "M", "en": "M" } }, { "id": "other", "text": { "nl": "Anders", "en": "Other" } } ] },
            { "standard": "reason" }
            """);
        var browser = await new HostedBrowser(site, "all").OpenAsync();
        var id = browser.Id;

        await AnswerAsync("effort", "4");
        await AnswerAsync("intent", "compare");
        await AnswerAsync("success", "partly");
        await AnswerAsync("nps", "0");
        await AnswerAsync("csat", "5");
        await AnswerAsync("stars", "1");
        browser.Write("Teal");
        await AnswerAsync("color", "other");
        browser.Write("XXL");
        await AnswerAsync("sizes", "other", "m");
        Assert.Equal("reason", browser.Question);
        Assert.Equal("partial", await StateAsync(id));
        await browser.Write("Line one\r\nmail me@shop.example 👍").PressAsync();

        browser.Shows(HttpStatusCode.OK, "Thank you. This helps us improve.");
        Assert.Equal("complete", await StateAsync(id));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(
                """
                [ { "question": "effort", "score": 4 }, { "question": "intent", "choice": "compare" }, { "question": "success", "choice": "partly" }, { "question": "nps", "score": 0 },
                  { "question": "csat", "score": 5 }, { "question": "stars", "score": 1 }, { "question": "color", "choice": "other", "text": "Teal" },
                  { "question": "sizes", "choices": ["m", "other"], "text": "XXL" }, { "question": "reason", "text": "Line one\nmail [email] 👍" } ]
                """),
            await AnswersAsync(id)));

        async Task AnswerAsync(string question, params string[] values)
        {
            Assert.Equal(question, browser.Question);
            await browser.Choose(values).PressAsync();
            Assert.Equal(HttpStatusCode.OK, browser.Reply.StatusCode);
            Assert.Equal(question, (string?)(await AnswersAsync(id))[^1]!["question"]);
        }
    }

    [Fact]
    public async Task AFormThatIsSentTenTimesAtOnceIsOneResponse()
    {
        var site = await shared.NewSiteAsync();
        var browser = await new HostedBrowser(site).OpenAsync();
        var form = browser.Choose("6").Form();

        var clicks = Enumerable.Range(0, 10).Select(_ => new HostedBrowser(site)).ToList();
        await Task.WhenAll(clicks.Select(click => click.PostAsync(form)));

        Assert.All(clicks, click => click.Shows(HttpStatusCode.OK, "What is the main purpose of your visit today?"));
        var row = (await StoredRows.QueryAsync(shared, "select * from responses where site = @Id", new { site.Id })).Single();
        Assert.Equal(1L, (long)row["revision"]!);
    }

    [Fact]
    public async Task DifferentAnswersAtOnceAreOneResponseAndNoVisitorHearsOfAConflict()
    {
        var site = await shared.NewSiteAsync();
        var browser = await new HostedBrowser(site).OpenAsync();
        var forms = Enumerable.Range(1, 4).Select(score => browser.Form().Append(new("answer", $"{score}")).ToList()).ToList();

        var clicks = forms.ConvertAll(_ => new HostedBrowser(site));
        await Task.WhenAll(clicks.Zip(forms, (click, form) => click.PostAsync(form)));

        Assert.All(clicks, click => click.Shows(HttpStatusCode.OK, "What is the main purpose of your visit today?"));
        Assert.Single(await StoredRows.QueryAsync(shared, "select * from responses where site = @Id", new { site.Id }));
        await Cells.EqualARecountAsync(shared, site.Id);
    }

    [Fact]
    public async Task AnEarlierFormThatIsSentAgainTakesNothingBackAndAChangedOneChangesItsAnswerAlone()
    {
        var site = await shared.NewSiteAsync();
        var browser = await new HostedBrowser(site).OpenAsync();
        var (id, first) = (browser.Id, browser.Form());
        await browser.Choose("6").PressAsync();
        await browser.Choose("buy").PressAsync();
        Assert.Equal("success", browser.Question);

        await browser.PostAsync([.. first, new("answer", "6")]);
        Assert.Equal("intent", browser.Question);
        Assert.Equal("buy", browser.Page.QuerySelector("[checked]")?.GetAttribute("value"));
        Assert.Equal(2, (await AnswersAsync(id)).Count);

        await browser.PostAsync([.. first, new("answer", "2")]);
        Assert.Equal(["2", "buy"], (await AnswersAsync(id)).Select(answer => $"{answer!["score"] ?? answer["choice"]}"));
        await browser.PressAsync(); // What was chosen before stands there already.
        await browser.Choose("yes").PressAsync();
        Assert.Equal("reason", browser.Question);
    }

    [Fact]
    public async Task WhoGoesBackFindsTheAnswerAndMayGiveAnother()
    {
        var site = await shared.NewSiteAsync();
        var browser = await new HostedBrowser(site).OpenAsync();
        var id = browser.Id;
        Assert.Null(browser.Page.QuerySelector("[name=back]"));
        await browser.Choose("6").PressAsync();
        await browser.Choose("buy").PressAsync();
        await browser.Choose("no").PressAsync();
        await browser.Write("The price").PressAsync("back");

        Assert.Equal(("success", "no"), (browser.Question, browser.Page.QuerySelector("[checked]")?.GetAttribute("value")));
        Assert.Equal("The price", (string?)(await AnswersAsync(id))[^1]!["text"]); // What stood there when the visitor went back is not lost.
        await browser.PressAsync();
        Assert.Equal("The price", browser.Page.QuerySelector("textarea")!.TextContent);

        await browser.PressAsync("back");
        await browser.Choose("yes").PressAsync();
        browser.Shows(HttpStatusCode.OK, "Thank you. This helps us improve.");
        Assert.Equal(["effort", "intent", "success"], (await AnswersAsync(id)).Select(answer => (string?)answer!["question"]));
    }

    [Fact]
    public async Task AnAnswerThatIsNeededAndMissingIsAskedForInWordsThatLeadThere()
    {
        var site = await shared.NewSiteAsync();
        var browser = await new HostedBrowser(site).OpenAsync();
        await browser.PressAsync();

        browser.Shows(HttpStatusCode.UnprocessableEntity, "How easy was it to do what you came for?");
        var error = browser.Page.QuerySelector("[role=alert][autofocus]")!;
        Assert.Equal("Choose an answer.", error.TextContent.Trim());
        Assert.NotNull(browser.Page.QuerySelector($"input{error.QuerySelector("a")!.GetAttribute("href")}"));
        Assert.Equal((error.Id, "true"), (browser.Page.QuerySelector("fieldset")!.GetAttribute("aria-describedby"), browser.Page.QuerySelector("fieldset")!.GetAttribute("aria-invalid")));
        Assert.StartsWith("Error: ", browser.Page.Title, StringComparison.Ordinal);
        Assert.Empty(await StoredRows.QueryAsync(shared, "select * from responses where site = @Id", new { site.Id }));

        await browser.Choose("6").PressAsync();
        Assert.Equal("intent", browser.Question);
    }

    [Fact]
    public async Task WhatMayBePassedIsPassedAndAnAnswerTakenBack()
    {
        var site = await shared.NewSiteAsync();
        await new TestSurveys(site).AddAsync("desk", questions: """{ "standard": "single-ease", "optional": true }, { "standard": "reason" }""");
        var browser = await new HostedBrowser(site, "desk").OpenAsync();
        var id = browser.Id;
        await browser.PressAsync("skip");
        Assert.Equal(("reason", "shown"), (browser.Question, await StateAsync(id)));
        await browser.PressAsync("back");
        await browser.Choose("6").PressAsync();
        Assert.Equal("partial", await StateAsync(id));
        await browser.PressAsync("back");
        await browser.PressAsync("skip");
        Assert.Empty(await AnswersAsync(id));
        await browser.PressAsync();

        browser.Shows(HttpStatusCode.OK, "Thank you. This helps us improve.");
        Assert.Equal("complete", await StateAsync(id));
    }

    [Theory]
    [InlineData(100, "", null, "tooFast")]
    [InlineData(3_000, "", null, "")]
    [InlineData(3_000, "https://spam.example", null, "honeypot")]
    [InlineData(3_000, "", "Googlebot/2.1 (+http://www.google.com/bot.html)", "bot")]
    [InlineData(3 * 86_400_000, "", null, "")]
    public async Task ABotsAnswersAreStoredAndLeftOut(int milliseconds, string website, string? userAgent, string suspect)
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        var browser = await new HostedBrowser(site).OpenAsync();
        collector.Time.Now += TimeSpan.FromMilliseconds(milliseconds);
        if (userAgent is not null)
        {
            browser.Headers["User-Agent"] = userAgent;
        }

        await browser.Choose("6").Write(website, "website").PressAsync();
        Assert.Equal("intent", browser.Question);
        Assert.Equal(suspect, (string)(await StoredRows.QueryAsync(collector, "select suspect from responses")).Single()["suspect"]!);
        Assert.Equal(suspect.Length == 0 ? 1 : 0, (int)(await site.CesAsync())["answers"]!);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task WhoMustWaitKeepsTheAnswer()
    {
        await using var collector = RunningCollector.With(("Collector:Limits:PerAddressPerMinute", "1"));
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6));
        var browser = await new HostedBrowser(site).OpenAsync();
        await browser.Choose("3").PressAsync();

        browser.Shows(HttpStatusCode.TooManyRequests, "How easy was it to do what you came for?");
        Assert.Equal(TimeSpan.FromMinutes(1), browser.Reply.Headers.RetryAfter?.Delta);
        Assert.Equal("Your answers could not be sent right now.", browser.Page.QuerySelector("[role=alert]")!.TextContent.Trim());
        collector.Time.Passed += TimeSpan.FromMinutes(1);
        await browser.PressAsync(); // The answer stands in the form still.
        Assert.Equal("intent", browser.Question);
        Assert.Equal(3L, (long)(await StoredRows.QueryAsync(collector, "select effort from responses order by received_at, revision desc")).Select(row => row["effort"]).Last()!);
    }

    [Fact]
    public async Task WhenTheStorageIsOutTheVisitorIsToldAndKeepsTheAnswer()
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        var browser = await new HostedBrowser(site).OpenAsync();
        await using (await collector.Database.KeepFromWritingAsync())
        {
            await browser.Choose("3").PressAsync();
            browser.Shows(HttpStatusCode.ServiceUnavailable, "How easy was it to do what you came for?");
        }

        await browser.PressAsync();
        Assert.Equal("intent", browser.Question);
    }

    [Fact]
    public async Task AnErasedResponseStaysErased()
    {
        var site = await shared.NewSiteAsync();
        var browser = await new HostedBrowser(site).OpenAsync();
        var id = browser.Id;
        await browser.Choose("6").PressAsync();
        using var erased = await shared.Operator.DeleteAsync($"/v1/sites/{site.Id}/responses/{id}", Cancellation);
        await browser.Choose("buy").PressAsync();

        browser.Shows(HttpStatusCode.NotFound, "This survey is not here, or not any more.");
        Assert.Equal("erased", await StateAsync(id));
    }

    [Fact]
    public async Task WhoHasBegunMayFinishASurveyThatIsPausedOrChangedMeanwhile()
    {
        var site = await shared.NewSiteAsync();
        var surveys = new TestSurveys(site);
        await surveys.AddAsync("desk", questions: """{ "standard": "single-ease" }, { "standard": "reason" }""");
        var browser = await new HostedBrowser(site, "desk").OpenAsync();
        var id = browser.Id;
        await surveys.DoAsync(HttpMethod.Patch, "/desk", """{ "state": "paused", "questions": [ { "standard": "nps" } ] }""");
        await browser.Choose("7").PressAsync();
        await browser.Write("Fine").PressAsync();

        browser.Shows(HttpStatusCode.OK, "Thank you. This helps us improve.");
        Assert.Equal(2, (await AnswersAsync(id)).Count);
    }

    private async Task<string?> StateAsync(string id) =>
        (string?)(await StoredRows.QueryAsync(shared, "select state from responses where id = @id", new { id })).Single()["state"];

    private async Task<JsonArray> AnswersAsync(string id) =>
        JsonNode.Parse((string)(await StoredRows.QueryAsync(shared, "select answers from responses where id = @id", new { id })).Single()["answers"]!)!.AsArray();
}
