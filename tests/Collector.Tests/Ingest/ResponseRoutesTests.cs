using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest;

public sealed class ResponseRoutesTests(RunningCollector collector)
{
    [Fact]
    public async Task AnAnswerChangesTheFigureOfItsPage()
    {
        var site = await collector.NewSiteAsync();

        var reply = await site.PostAsync(site.Response(effort: 6).On("https://user:secret@SHOP.example:443/contact/?utm_source=x#top"));

        Assert.Equal(HttpStatusCode.Created, reply.Status);
        var ces = await site.CesAsync("page=https://shop.example/contact");
        Assert.Equal(1, (int)ces["answers"]!);
        Assert.Equal(6, (double)ces["mean"]!);
        Assert.Equal(0, (int)(await site.CesAsync("page=https://shop.example/checkout"))["answers"]!);
    }

    [Fact]
    public async Task TheContractsOwnExampleIsTaken()
    {
        var site = await collector.NewSiteAsync();
        var example = $$"""
            { "id": "{{Guid.CreateVersion7()}}", "site": "{{site.SiteKey}}", "survey": "effort-and-intention", "surveyVersion": 1,
              "visit": "{{Guid.NewGuid()}}", "page": "https://shop.example/contact?utm_source=x#top",
              "revision": 2, "state": "partial",
              "answers": [ { "question": "effort",  "score": 6 }, { "question": "intent",  "choice": "compare" },
                           { "question": "success", "choice": "partly" }, { "question": "reason",  "text": "Could not find the price" } ],
              "language": "nl", "device": "mobile",
              "context": { "referrer": "https://search.example/", "pagesInVisit": 4, "secondsInVisit": 183 },
              "tags": { "segment": "business" }, "answeredAt": "2026-11-22T09:30:00Z" }
            """;

        Assert.Equal(HttpStatusCode.Created, (await site.PostAsync(example)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(example, "application/json")).Status);
        Assert.Equal(1, (int)(await site.CesAsync("intent=compare&success=partly&device=mobile&language=nl&survey=effort-and-intention"))["answers"]!);
    }

    [Fact]
    public async Task OnlyIdSiteSurveyPageStateAndRevisionAreRequired()
    {
        var site = await collector.NewSiteAsync();

        var reply = await site.PostAsync(site.Response().Without("answers"));
        Assert.Equal(HttpStatusCode.Created, reply.Status);

        var empty = await site.PostAsync("{}");
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        Assert.Equal(["/id", "/page", "/revision", "/site", "/state", "/survey"], empty.WrongFields);
    }

    [Fact]
    public async Task AReplyCarriesTheIdAndAReceiptThatStaysTheSame()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 6);

        var first = await site.PostAsync(response);
        var second = await site.PostAsync(response);
        var other = await site.PostAsync(site.Response(effort: 6));

        Assert.Equal(response.Id, (string?)first.Body!["id"]);
        Assert.True(((string)first.Body["receipt"]!).Length >= 20);
        Assert.Equal((string?)first.Body["receipt"], (string?)second.Body!["receipt"]);
        Assert.NotEqual((string?)first.Body["receipt"], (string?)other.Body!["receipt"]);
    }

    [Fact]
    public async Task ARepeatedResponseIsCountedOnce()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 6);

        Assert.Equal(HttpStatusCode.Created, (await site.PostAsync(response)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(response)).Status);
        Assert.Equal(1, (int)(await site.CesAsync())["answers"]!);
    }

    [Fact]
    public async Task FiftyAtOnceWithOneIdAreOneResponse()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 6);

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => site.PostAsync(response)));

        Assert.Single(replies, reply => reply.Status == HttpStatusCode.Created);
        Assert.Equal(49, replies.Count(reply => reply.Status == HttpStatusCode.OK));
        Assert.Equal(1, (int)(await site.CesAsync())["answers"]!);
    }

    [Fact]
    public async Task AHigherRevisionReplaces()
    {
        var site = await collector.NewSiteAsync();
        var first = site.Response(effort: 6);
        await site.StoreAsync(first, first.Next().Answering("effort", score: 2).With("page", "https://shop.example/checkout"));

        var ces = await site.CesAsync();
        Assert.Equal(1, (int)ces["answers"]!);
        Assert.Equal(2, (double)ces["mean"]!);
        Assert.Equal(0, (int)(await site.CesAsync("page=https://shop.example/contact"))["answers"]!);
        Assert.Equal(1, (int)(await site.CesAsync("page=https://shop.example/checkout"))["answers"]!);
    }

    [Fact]
    public async Task ARevisionThatChangesNothingThatIsCountedIsStoredToo()
    {
        var site = await collector.NewSiteAsync();
        var first = site.Response(effort: 2).With("answeredAt", "2026-11-22T09:29:00Z");
        await site.StoreAsync(first, first.Next().Answering("reason", text: "The price"));

        Assert.Equal("The price", await StoredRows.TextAsync(collector, site.Id, first.Id));
    }

    [Fact]
    public async Task ARevisionCanTakeAnAnswerBack()
    {
        var site = await collector.NewSiteAsync();
        var first = site.Response(effort: 6);
        await site.StoreAsync(first, first.Next().Answering("effort"));

        Assert.Equal(0, (int)(await site.CesAsync())["answers"]!);
        var touchpoint = (await site.GetAsync("touchpoints")).Body!["items"]![0]!;
        Assert.Equal(1, (int)touchpoint["shown"]!);
        Assert.Equal(0, (int)touchpoint["responses"]!);
    }

    [Fact]
    public async Task ALowerRevisionThatComesLateChangesNothing()
    {
        var site = await collector.NewSiteAsync();
        var first = site.Response(effort: 2);
        var second = first.Next().Answering("effort", score: 7);

        await site.StoreAsync(second);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(first)).Status);
        Assert.Equal(7, (double)(await site.CesAsync())["mean"]!);
    }

    [Fact]
    public async Task TheSameRevisionWithOtherContentIsAConflict()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 6);
        await site.StoreAsync(response);

        var reply = await site.PostAsync(response.Answering("effort", score: 1));

        Assert.Equal(HttpStatusCode.Conflict, reply.Status);
        Assert.Equal(["/revision"], reply.WrongFields);
        Assert.Equal(6, (double)(await site.CesAsync())["mean"]!);
    }

    [Fact]
    public async Task TheSameContentSentAtAnotherTimeIsNoConflict()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 6).With("answeredAt", "2026-11-22T09:00:00Z");
        await site.StoreAsync(response);

        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(response.With("answeredAt", "2026-11-22T09:10:00Z"))).Status);
    }

    [Fact]
    public async Task TheSameAnswersInAnotherOrderAreNoConflict()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 6, success: "yes");
        await site.StoreAsync(response);

        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(response.Answering("effort", score: 6))).Status); // now behind success
    }

    [Fact]
    public async Task WhatIsRefusedAsAConflictTakesNoTouchpoint()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["maximumTouchpoints"] = 2 });
        var response = site.Response(effort: 6);
        await site.StoreAsync(response);
        Assert.Equal(HttpStatusCode.Conflict, (await site.PostAsync(response.On("https://shop.example/never"))).Status);

        await site.StoreAsync(site.Response(effort: 6).On("https://shop.example/second"));

        Assert.Equal(1, (int)(await site.CesAsync("page=https://shop.example/second"))["answers"]!);
    }

    [Fact]
    public async Task AnotherSitesResponseWithTheSameIdIsAnotherResponse()
    {
        var (one, two) = (await collector.NewSiteAsync(), await collector.NewSiteAsync());
        var response = one.Response(effort: 6);
        await one.StoreAsync(response);

        Assert.Equal(HttpStatusCode.Created, (await two.PostAsync(response.With("site", two.SiteKey).Answering("effort", score: 1))).Status);
        Assert.Equal(6, (double)(await one.CesAsync())["mean"]!);
        Assert.Equal(1, (double)(await two.CesAsync())["mean"]!);
    }

    [Fact]
    public async Task AnAnswerCountsWhateverTheState()
    {
        var site = await collector.NewSiteAsync();
        foreach (var state in (string[])["shown", "dismissed", "partial", "complete"])
        {
            await site.StoreAsync(site.Response(effort: 6).With("state", state));
        }

        Assert.Equal(4, (int)(await site.CesAsync())["answers"]!);
    }

    [Fact]
    public async Task ANewPageCountsUnderOtherOnceTheSiteHasAllItsTouchpoints()
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["maximumTouchpoints"] = 2 });
        foreach (var page in (string[])["a", "b", "c", "d", "a"])
        {
            await site.StoreAsync(site.Response(effort: 6).On($"https://shop.example/{page}"));
        }

        var items = (await site.GetAsync("touchpoints?sort=-responses")).Body!["items"]!.AsArray();
        Assert.Equal(
            [("shop.example/a", 2), ("{other}", 2), ("shop.example/b", 1)],
            items.Select(item => ((string)item!["touchpoint"]!, (int)item["responses"]!)));
    }

    [Theory]
    [InlineData(true, "shop.example/orders/{id}")]
    [InlineData(false, "shop.example/orders/4711")]
    public async Task ASegmentThatIsOnlyAnIdentifierBecomesATemplateUnlessTheSiteSaysNo(bool collapse, string touchpoint)
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["collapseIdentifiers"] = collapse });
        await site.StoreAsync(site.Response(effort: 6).On("https://shop.example/orders/4711"));

        Assert.Equal(touchpoint, (string?)(await site.GetAsync("touchpoints")).Body!["items"]![0]!["touchpoint"]);
    }

    [Fact]
    public async Task AnyPageMaySendWithoutAPreflightAndNeverWithCredentials()
    {
        var site = await collector.NewSiteAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/responses") { Content = new StringContent(site.Response(effort: 6).Json.ToJsonString()) };
        request.Headers.Add("Origin", "https://shop.example");

        using var response = await collector.Visitor.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task AnErrorCanBeReadByThePageThatSentIt()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/responses") { Content = new StringContent("{}") };
        request.Headers.Add("Origin", "https://shop.example");

        using var response = await collector.Visitor.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }
}
