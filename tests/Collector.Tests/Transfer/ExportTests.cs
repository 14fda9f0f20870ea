using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Transfer;

public sealed class ExportTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryAnsweredQuestionHasAColumnWhereverItWasAnsweredFirst()
    {
        var site = await collector.NewSiteAsync();
        await new TestSurveys(site).AddAsync("other", questions:
            """
            { "id": "likely", "type": "nps", "text": { "nl": "Likely?" } },
            { "id": "missing", "type": "choices", "text": { "nl": "What?" }, "choices": [ { "id": "price", "text": { "nl": "Price" } }, { "id": "other", "text": { "nl": "Other" } } ] }
            """);
        var first = site.Response(effort: 2).With("answeredAt", "2026-11-22T08:00:00Z");
        var second = site.Response(effort: 7, intent: "other").With("answeredAt", "2026-11-22T08:30:00Z").Answering("reason", text: "A \"price\",\nor two");
        second.Answering("intent", choice: "other", text: "Look around");
        var third = new SomeResponse(site.SiteKey).With("survey", "other").With("answeredAt", "2026-11-22T09:00:00Z").Answering("likely", score: 9);
        third.Json["answers"]!.AsArray().Add(JsonNode.Parse("""{ "question": "missing", "choices": ["price", "other"], "text": "Sizes" }"""));
        third.With("tags", JsonNode.Parse("""{ "segment": "business" }""")).With("device", "mobile");
        await site.StoreAsync(third, first, second);

        var file = CsvFile.Read(await TextAsync(site, "format=csv"));

        Assert.Equal([first.Id, second.Id, third.Id], file.Rows.Select(row => row["id"]));
        Assert.Equal(["2", "7", ""], file.Rows.Select(row => row["answer.effort"]));
        Assert.Equal(["", "A \"price\",\nor two", ""], file.Rows.Select(row => row["answer.reason"]));
        Assert.Equal(["", "other", ""], file.Rows.Select(row => row["answer.intent"]));
        Assert.Equal(["", "Look around", ""], file.Rows.Select(row => row["answer.intent.text"]));
        Assert.Equal(["", "", "9"], file.Rows.Select(row => row["answer.likely"]));
        Assert.Equal(["", "", "price;other"], file.Rows.Select(row => row["answer.missing"]));
        Assert.Equal(["", "", "Sizes"], file.Rows.Select(row => row["answer.missing.text"]));
        Assert.Equal(("2026-11-22T08:00:00.000Z", "2026-11-22", "7"), (file.Rows[0]["answeredAt"], file.Rows[0]["day"], file.Rows[0]["scale.max"]));
        Assert.Equal(("""{"segment":"business"}""", "mobile"), (file.Rows[2]["tags"], file.Rows[2]["device"]));
    }

    [Fact]
    public async Task TheHeaderIsTheSameWhateverWasAnswered()
    {
        var site = await collector.NewSiteAsync();
        var empty = CsvFile.Read(await TextAsync(site, "format=csv"));
        await site.StoreAsync(site.Response(effort: 2));

        Assert.Equal(empty.Header, CsvFile.Read(await TextAsync(site, "format=csv")).Header);
        Assert.Empty(empty.Rows);
        Assert.Equal(
            "id answeredAt day page touchpoint survey surveyVersion state visit effort scale.min scale.max scale.easy intent success device language referrer pagesInVisit secondsInVisit tags labels handled.by handled.at "
            + "answer.effort answer.intent answer.intent.text answer.success answer.reason",
            string.Join(' ', empty.Header));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0")]
    [InlineData("\t=1", "'\t'=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("+31,5", "+31,5")]
    [InlineData("-5", "-5")]
    [InlineData("no = formula", "no = formula")]
    [InlineData("semi;colon", "semi;colon")]
    [InlineData("x;=1+1", "x;'=1+1")]
    [InlineData("x,\"=1+1", "x,\"'=1+1")]
    [InlineData("x\t@SUM(A1)", "x\t'@SUM(A1)")]
    [InlineData("x\n-1+1,-5;+3", "x\n'-1+1,-5;+3")]
    [InlineData("=1;=2", "'=1;'=2")]
    public async Task AFormulaIsNoFormulaAnyMoreAndANumberStaysOne(string written, string cell)
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 2).Answering("reason", text: written));

        Assert.Equal(cell, CsvFile.Read(await TextAsync(site, "format=csv")).Rows.Single()["answer.reason"]);
    }

    [Fact]
    public async Task ExcelIsToldThatItIsUtf8AndWhatStandsBetweenCells()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 2).Answering("reason", text: "Café; met geduld"));
        using var response = await GetAsync(site, "format=csv&bom=true&separator=semicolon");
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("Café; met geduld", CsvFile.Read(Encoding.UTF8.GetString(bytes[3..]), ';').Rows.Single()["answer.reason"]);
        Assert.Equal("text/csv; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("responses-2026-10-26-2026-11-22.csv", response.Content.Headers.ContentDisposition!.FileName);
    }

    [Fact]
    public async Task LinesAreTheItemsOfTheList()
    {
        var site = await collector.NewSiteAsync();
        foreach (var i in Enumerable.Range(0, 3))
        {
            await site.StoreAsync(site.Response(effort: 2 + i).With("answeredAt", $"2026-11-2{i}T08:00:00Z").Answering("reason", text: $"No {i}"));
        }

        var lines = (await TextAsync(site, "format=ndjson")).Split('\n');
        using var list = await collector.Operator.GetAsync($"/v1/sites/{site.Id}/responses", Cancellation);

        Assert.Equal("", lines[^1]);
        Assert.Equal(
            (await Reply.OfAsync(list)).Body!["items"]!.AsArray().Reverse().Select(item => item!.ToJsonString()),
            lines[..^1].Select(line => JsonNode.Parse(line)!.ToJsonString()));
    }

    [Fact]
    public async Task OnlyTheSelectionIsTakenOut()
    {
        var site = await collector.NewSiteAsync();
        var kept = site.Response(effort: 2).On("https://shop.example/cart").With("answeredAt", "2026-11-20T08:00:00Z");
        var gone = site.Response(effort: 2).On("https://shop.example/cart");
        await site.StoreAsync(
            kept, gone, site.Response(effort: 2), site.Response(effort: 3).On("https://shop.example/cart").With("answeredAt", "2026-11-18T08:00:00Z"),
            site.Response(effort: 1).On("https://shop.example/cart").With("website", "https://spam.example"));
        using var erased = await collector.Operator.DeleteAsync(new Uri($"/v1/sites/{site.Id}/responses/{gone.Id}", UriKind.Relative), Cancellation);

        var file = CsvFile.Read(await TextAsync(site, "format=csv&touchpoint=shop.example/cart&from=2026-11-19"));
        Assert.Equal([kept.Id], file.Rows.Select(row => row["id"]));
        Assert.Empty(CsvFile.Read(await TextAsync(site, "format=csv&comments=true")).Rows);
    }

    [Fact]
    public async Task ManyOfOneMomentAreAllThereOnce()
    {
        var site = await collector.NewSiteAsync();
        var responses = Enumerable.Range(0, 1_200).Select(_ => site.Response(effort: 2).With("answeredAt", "2026-11-20T08:00:00Z")).ToList();
        await site.StoreManyAsync(responses);

        var file = CsvFile.Read(await TextAsync(site, "format=csv"));
        Assert.Equal(responses.Select(response => response.Id).Order(StringComparer.Ordinal), file.Rows.Select(row => row["id"]));
    }

    [Fact]
    public async Task AnExportThatBreaksOffBreaksTheConnection()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreManyAsync(Enumerable.Range(0, 1_000).Select(i => site.Response(effort: 2).With("answeredAt", string.Create(CultureInfo.InvariantCulture, $"2026-11-20T08:00:{i % 60:00}Z"))));
        await using (var connection = await collector.Database.OpenAsync())
        {
            await connection.ExecuteAsync(
                "update responses set answers = 'broken' where site = @Id and id = (select id from responses where site = @Id order by answered_at desc, id desc limit 1)", new { site.Id });
        }

        using var response = await GetAsync(site, "format=ndjson");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("", "format")]
    [InlineData("format=xml", "format")]
    [InlineData("format=csv&bom=yes", "bom")]
    [InlineData("format=csv&separator=,", "separator")]
    [InlineData("format=csv&from=yesterday", "from")]
    [InlineData("format=csv&limit=5", "limit")]
    public async Task WhatIsWrongIsNamed(string query, string field)
    {
        var site = await collector.NewSiteAsync();
        using var response = await GetAsync(site, query);
        var reply = await Reply.OfAsync(response);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal([field], reply.WrongFields);
    }

    [Fact]
    public async Task ItNeedsTheScopeAndLeavesAnEntry()
    {
        var site = await collector.NewSiteAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("export?format=csv")).Status);

        await TextAsync(site, "format=csv");
        await using var connection = await collector.Database.OpenAsync();
        Assert.Equal(
            ["exported 2026-10-26 – 2026-11-22 csv"],
            await connection.QueryAsync<string>("select action || ' ' || about || ' ' || details from audit where site = @Id and kind = 'comments'", new { site.Id }));
    }

    private Task<HttpResponseMessage> GetAsync(TestSite site, string query) =>
        collector.Operator.GetAsync($"/v1/sites/{site.Id}/export?{query}", HttpCompletionOption.ResponseHeadersRead, Cancellation);

    private async Task<string> TextAsync(TestSite site, string query)
    {
        using var response = await GetAsync(site, query);
        Assert.True(response.IsSuccessStatusCode, response.ToString());
        return await response.Content.ReadAsStringAsync(Cancellation);
    }
}
