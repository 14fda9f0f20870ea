using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Collector.Ingest;
using Collector.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Insights.Responses;

/// <summary>Single responses, what was written in them, and what people make of them.</summary>
public sealed class SingleResponsesTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheyComeNewestFirstPageByPage()
    {
        var site = await collector.NewSiteAsync();
        var moments = new[] { "2026-11-20T09:00:00Z", "2026-11-22T08:00:00Z", "2026-11-21T09:00:00Z", "2026-11-22T07:00:00Z", "2026-11-22T08:00:00Z" };
        foreach (var moment in moments)
        {
            await site.StoreAsync(site.Response(effort: 4).With("answeredAt", moment));
        }

        var found = new List<JsonNode>();
        string? next = null;
        do
        {
            var page = await ReadAsync(site, $"limit=2{(next is null ? "" : $"&cursor={next}")}");
            found.AddRange(page["items"]!.AsArray()!);
            next = (string?)page["next"];
        }
        while (next is not null);

        Assert.Equal(moments.Order(StringComparer.Ordinal).Reverse(), found.Select(response => ((DateTimeOffset)response["answeredAt"]!).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        Assert.Equal(5, found.Select(response => (string)response["id"]!).Distinct().Count());
    }

    [Fact]
    public async Task OneTellsAllThatWasAnswered()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 2, intent: "complain", success: "no").Answering("reason", text: "Slow").With("device", "mobile").With("language", "en")
            .With("tags", new JsonObject { ["segment"] = "business" }));

        var response = (await ReadAsync(site, ""))["items"]![0]!;

        Assert.Equal("shop.example/contact", (string)response["touchpoint"]!);
        Assert.Equal(2, (int)response["effort"]!);
        Assert.Equal(7, (int)response["scale"]!["max"]!);
        Assert.Equal(("complain", "no", "mobile", "en"), ((string)response["intent"]!, (string)response["success"]!, (string)response["device"]!, (string)response["language"]!));
        Assert.Equal("business", (string)response["tags"]!["segment"]!);
        Assert.Equal("""{"question":"reason","text":"Slow"}""", response["answers"]![3]!.ToJsonString());
    }

    [Fact]
    public async Task WordsAndTheirBeginningsAreFoundWhateverTheirCaseAndAccents()
    {
        var site = await collector.NewSiteAsync();
        await WriteAsync(site, "The prices are hidden.", "Où est le café ?", "100% slow_", "The form: it lost what I typed");

        Assert.Equal(["The prices are hidden."], await FindAsync(site, "search=PRICE"));
        Assert.Equal(["Où est le café ?"], await FindAsync(site, "search=cafe"));
        Assert.Equal(["The form: it lost what I typed"], await FindAsync(site, "search=lost+form"));
        Assert.Equal(["The form: it lost what I typed"], await FindAsync(site, "search=%22form+it+lost%22"));
        Assert.Empty(await FindAsync(site, "search=%22it+form%22"));
        Assert.Empty(await FindAsync(site, "search=rices"));
        Assert.Equal(["100% slow_"], await FindAsync(site, "search=100%25"));
        Assert.Equal(4, (await FindAsync(site, "comments=true")).Count);
    }

    [Fact]
    public async Task FiltersOfFiguresAndOfCommentsNarrowThemDown()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(
            site.Response(effort: 2, intent: "buy").Answering("reason", text: "one").On("https://shop.example/a").With("tags", new JsonObject { ["segment"] = "business" }).With("answeredAt", "2026-11-22T08:59:00Z"),
            site.Response(effort: 6, intent: "compare").Answering("reason", text: "two").On("https://shop.example/b").With("language", "nl"),
            site.Response(effort: 4).Answering("reason", text: "three"),
            site.Response(effort: 1));
        await new TestGroups(site).AddAsync("some", ["/a", "/b"]);

        Assert.Equal(["one"], await FindAsync(site, "comments=true&touchpoint=shop.example/a"));
        Assert.Equal(["two", "one"], await FindAsync(site, "comments=true&group=some"));
        Assert.Equal(["two"], await FindAsync(site, "intent=compare"));
        Assert.Equal(["one"], await FindAsync(site, "comments=true&tag.segment=business"));
        Assert.Equal(["one"], await FindAsync(site, "effort=difficult"));
        Assert.Equal(["two"], await FindAsync(site, "effort=easy&language=nl"));
        Assert.Equal(["three"], await FindAsync(site, "effort=neither"));
        Assert.Equal(["three"], await FindAsync(site, "effort=4"));
        Assert.Equal(4, (await ReadAsync(site, ""))["items"]!.AsArray().Count);
        Assert.Empty(await FindAsync(site, "comments=true&from=2026-11-01&to=2026-11-02"));
    }

    [Fact]
    public async Task AnotherRevisionIsFoundByWhatItSaysNow()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 2).Answering("reason", text: "Too slow").With("answeredAt", "2026-11-22T08:00:00Z");
        await site.StoreAsync(response);
        await site.StoreAsync(response = response.Next().Answering("reason", text: "Too dear").With("answeredAt", "2026-11-21T08:00:00Z"));

        Assert.Empty(await FindAsync(site, "search=slow"));
        Assert.Equal(["Too dear"], await FindAsync(site, "search=dear"));
        await Cells.EqualARecountAsync(collector, site.Id);

        await site.StoreAsync(response.Next().Answering("reason"));
        Assert.Empty(await FindAsync(site, "comments=true"));
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task CommentsFollowTheIntentOfTheirVisitAndTheRulesOfTheirSite()
    {
        var site = await collector.NewSiteAsync();
        var visit = Guid.NewGuid().ToString();
        await site.StoreAsync(site.Response(effort: 2).Answering("reason", text: "Slow").With("visit", visit).On("https://shop.example/p/kettle"));
        await site.StoreAsync(site.Response(intent: "buy").With("visit", visit));
        var rules = new TestRules(site);
        await rules.AddAsync("/p/*");
        await rules.PlacedAsync();

        Assert.Equal(["Slow"], await FindAsync(site, "comments=true&intent=buy&touchpoint=shop.example/p/*"));
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task WhatABotSeemsToHaveWrittenIsLeftOut()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 2).Answering("reason", text: "Buy pills").With("website", "https://pills.example"));

        Assert.Empty((await ReadAsync(site, ""))["items"]!.AsArray());
        Assert.Empty(await FindAsync(site, "search=pills"));
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task TheyAreLabelledAndHandledAndFoundByThat()
    {
        var site = await collector.NewSiteAsync();
        var ids = await WriteAsync(site, "first", "second");

        Assert.Equal(HttpStatusCode.NoContent, await MarkAsync(site, ids[0], """{ "handled": true, "labels": [" price ", "form", "price"] }"""));

        Assert.Equal(["first"], await FindAsync(site, "label=price"));
        Assert.Equal(["first"], await FindAsync(site, "handled=yes"));
        Assert.Equal(["second"], await FindAsync(site, "handled=no"));
        var marked = (await ReadAsync(site, "handled=yes"))["items"]![0]!;
        Assert.Equal("""["form","price"]""", marked["labels"]!.ToJsonString());
        Assert.Equal(collector.Time.Now, (DateTimeOffset)marked["handled"]!["at"]!);

        Assert.Equal(HttpStatusCode.NoContent, await MarkAsync(site, ids[0], """{ "handled": false, "labels": [] }"""));
        Assert.Empty(await FindAsync(site, "handled=yes"));
        Assert.Empty(await FindAsync(site, "label=price"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await MarkAsync(site, ids[0], """{ "labels": [""] }"""));
        Assert.Equal(HttpStatusCode.NotFound, await MarkAsync(site, Guid.NewGuid().ToString(), """{ "handled": true }"""));
    }

    [Fact]
    public async Task NothingOfAnErasedOneIsLeft()
    {
        var site = await collector.NewSiteAsync();
        var id = (await WriteAsync(site, "Something that I regret"))[0];
        await MarkAsync(site, id, """{ "handled": true, "labels": ["regret"] }""");

        using (await collector.Operator.DeleteAsync($"/v1/sites/{site.Id}/responses/{id}", Cancellation))
        {
        }

        Assert.Empty((await ReadAsync(site, ""))["items"]!.AsArray());
        await NothingIsLeftAsync(collector, site);
        Assert.Equal(HttpStatusCode.NotFound, await MarkAsync(site, id, """{ "handled": true }"""));
    }

    [Fact]
    public async Task NothingIsLeftOfOneWhoseTimeIsOver()
    {
        using var alone = new RunningCollector();
        var site = await alone.NewSiteAsync(new JsonObject { ["retentionDays"] = 30 });
        var id = (await WriteAsync(site, "Old"))[0];
        await MarkAsync(site, id, """{ "handled": true, "labels": ["old"] }""");
        alone.Time.Now += TimeSpan.FromDays(40);

        await alone.Services.GetRequiredService<Retention>().RunAsync(Cancellation);

        await NothingIsLeftAsync(alone, site);
        await Cells.EqualARecountAsync(alone, site.Id);
    }

    [Theory]
    [InlineData("search=%3F", "search")]
    [InlineData("effort=hard", "effort")]
    [InlineData("handled=maybe", "handled")]
    [InlineData("comments=1", "comments")]
    [InlineData("label=", "label")]
    [InlineData("cursor=YQ", "cursor")]
    [InlineData("seach=x", "seach")]
    public async Task WhatIsWrongWithTheQueryIsNamed(string query, string parameter)
    {
        var site = await collector.NewSiteAsync();
        using var reply = await collector.Operator.GetAsync($"/v1/sites/{site.Id}/responses?{query}", Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.NotNull((await reply.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["errors"]![parameter]);
    }

    [Fact]
    public async Task AKeyForFiguresReadsNone()
    {
        var site = await collector.NewSiteAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("responses")).Status);
    }

    private static async Task NothingIsLeftAsync(RunningCollector collector, TestSite site)
    {
        foreach (var table in (string[])["comments", "response_labels", "handled_responses"])
        {
            Assert.Empty(await StoredRows.QueryAsync(collector, $"select * from {table} where site = @Id", new { site.Id }));
        }
    }

    /// <summary>One response a minute, each with a text.</summary>
    private static async Task<string[]> WriteAsync(TestSite site, params string[] texts)
    {
        var ids = new List<string>();
        foreach (var (i, text) in texts.Index())
        {
            var response = site.Response(effort: 2).Answering("reason", text: text).With("answeredAt", $"2026-11-22T08:{i:00}:00Z");
            await site.StoreAsync(response);
            ids.Add(response.Id);
        }

        return [.. ids];
    }

    private static async Task<JsonNode> ReadAsync(TestSite site, string query)
    {
        using var reply = await site.Collector.Operator.GetAsync($"/v1/sites/{site.Id}/responses?{query}", Cancellation);
        var text = await reply.Content.ReadAsStringAsync(Cancellation);
        Assert.True(reply.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<IReadOnlyList<string>> FindAsync(TestSite site, string query) =>
        [.. (await ReadAsync(site, query))["items"]!.AsArray().Select(response => (string)response!["answers"]!.AsArray()[^1]!["text"]!)];

    private static async Task<HttpStatusCode> MarkAsync(TestSite site, string id, string marks)
    {
        using var content = new StringContent(marks, System.Text.Encoding.UTF8, "application/json");
        using var reply = await site.Collector.Operator.PatchAsync($"/v1/sites/{site.Id}/responses/{id}", content, Cancellation);
        return reply.StatusCode;
    }
}
