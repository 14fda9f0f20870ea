using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Transfer;

public sealed class FigureTableTests(RunningCollector collector)
{
    private static readonly string[] Intents = ["inform", "compare", "buy", "contact"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ces", "", "ces")]
    [InlineData("ces", "by=day", "breakdown/ces")]
    [InlineData("ces", "by=touchpoint&intent=buy", "breakdown/ces")]
    [InlineData("ces", "by=success", "breakdown/ces")]
    [InlineData("nps", "by=week", "breakdown/nps")]
    [InlineData("nps", "", "nps")]
    [InlineData("csat", "by=device", "breakdown/csat")]
    [InlineData("touchpoints", "", "items")]
    [InlineData("intents", "", "items")]
    [InlineData("patterns", "", "cells")]
    [InlineData("priorities", "", "items")]
    [InlineData("priorities", "touchpoint=nowhere.example/", "items")]
    public async Task EachCellIsWhatTheFigureSaysAsJson(string figure, string query, string rows)
    {
        var site = await FilledAsync();
        using var response = await site.Analyst.GetAsync($"/v1/sites/{site.Id}/figures.csv?figure={figure}&{query}", Cancellation);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        var file = CsvFile.Read(await response.Content.ReadAsStringAsync(Cancellation));

        var json = (await site.GetAsync($"{figure}?{query}{(figure == "patterns" ? "&limit=500" : "")}")).Body!;
        var expected = rows == figure ? [json[figure]!] : json[rows.Split('/')[0]]!.AsArray().Select(row => row!).ToList();
        Assert.Equal(expected.Count, file.Rows.Count);
        Assert.True(expected.Count > 0 || query.Contains("nowhere", StringComparison.Ordinal));
        foreach (var (row, item) in file.Rows.Zip(expected))
        {
            foreach (var (column, cell) in row)
            {
                Assert.Equal((column, TextOf(ValueOf(column, item, json, figure))), (column, cell));
            }
        }
    }

    [Fact]
    public async Task AllTouchpointsAreThereHoweverMany()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreManyAsync(Enumerable.Range(0, 620).Select(i => site.Response(effort: 1 + (i % 7)).On($"https://shop.example/p/x{i}")));

        var file = CsvFile.Read(await site.Analyst.GetStringAsync($"/v1/sites/{site.Id}/figures.csv?figure=touchpoints", Cancellation));
        Assert.Equal(620, file.Rows.Select(row => row["touchpoint"]).Distinct().Count());
    }

    [Fact]
    public async Task AFeedThatIsAskedAgainUnchangedCostsA304()
    {
        var site = await collector.NewSiteAsync();
        using var first = await site.Analyst.GetAsync($"/v1/sites/{site.Id}/figures.csv?figure=ces", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/sites/{site.Id}/figures.csv?figure=ces");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await site.Analyst.SendAsync(request, Cancellation);

        Assert.Equal(("text/csv", HttpStatusCode.NotModified), (first.Content.Headers.ContentType!.MediaType, again.StatusCode));
    }

    [Theory]
    [InlineData("", "figure")]
    [InlineData("figure=goals", "figure")]
    [InlineData("figure=touchpoints&by=day", "by")]
    [InlineData("figure=ces&by=colour", "by")]
    [InlineData("figure=touchpoints&to=never", "to")]
    public async Task WhatIsWrongIsNamed(string query, string field)
    {
        var site = await collector.NewSiteAsync();
        var reply = await site.GetAsync($"figures.csv?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, field), (reply.Status, reply.WrongFields.Single()));
    }

    // Where the value of a column stands. What a row of the table says more than its item is said of all of them, or of the patterns beside the cells.
    private static JsonNode? ValueOf(string column, JsonNode item, JsonNode json, string figure) => (figure, column) switch
    {
        (_, "from" or "to") => json[column],
        ("priorities", "target") or ("priorities" or "patterns", "formula") => json[column],
        ("patterns", "direction") => json["patterns"]!.AsArray().FirstOrDefault(pattern =>
            (string?)pattern!["touchpoint"] == (string?)item["touchpoint"] && (string?)pattern["intent"] == (string?)item["intent"])?["direction"],
        ("patterns", "enough") => (long)item["answers"]! >= 10,
        (_, "key") => item["key"],
        _ => column.Split('.').Aggregate(item["key"] is null && !item.AsObject().ContainsKey("key") ? item : item[figure], (node, name) => node?[name]),
    };

    private static string TextOf(JsonNode? value) => value?.ToJsonString().Trim('"').Replace("\\u002B", "+", StringComparison.Ordinal) ?? "";

    private async Task<TestSite> FilledAsync()
    {
        var site = await collector.NewSiteAsync();
        var surveys = new TestSurveys(site);
        await surveys.AddAsync("nps", questions: """{ "id": "nps", "type": "nps", "text": { "nl": "Likely?" } }, { "id": "csat", "type": "csat", "text": { "nl": "Satisfied?" } }""");
        var random = new Random(7);
        await site.StoreManyAsync(Enumerable.Range(0, 240).Select(i => site
            .Response(effort: i % 3 == 0 ? 1 : random.Next(1, 8), intent: i % 3 == 0 ? "inform" : Intents[i % 4], success: i % 5 == 0 ? null : "yes")
            .On($"https://shop.example/p{i % 3}").With("device", i % 2 == 0 ? "mobile" : null).With("answeredAt", $"2026-11-{20 + (i % 3)}T08:00:00Z")));
        await site.StoreManyAsync(Enumerable.Range(0, 40).Select(i => new SomeResponse(site.SiteKey).With("survey", "nps").With("device", i % 2 == 0 ? "mobile" : null)
            .Answering("nps", score: random.Next(0, 11)).Answering("csat", score: random.Next(1, 6)).With("answeredAt", $"2026-11-{20 + (i % 3)}T08:00:00Z")));
        return site;
    }
}
