using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Transfer;

public sealed class ImportTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LinesOfAnyPastDateCountOnTheirDay()
    {
        var (site, importer) = await NewAsync();
        var import = await importer.BringInLinesAsync(Enumerable.Range(0, 600).Select(i =>
            site.Response(effort: 1 + (i % 7), intent: i % 3 == 0 ? "buy" : null, success: "yes").On($"https://shop.example/p{i % 5}").With("answeredAt", $"2025-0{1 + (i % 9)}-11T08:00:00Z").Json));

        Assert.Equal(("done", "600 600 0 0"), ((string?)import["state"], Importer.Counts(import)));
        Assert.Equal((600L, 600L, true), ((long)import["records"]!, (long)(await site.CesAsync("from=2025-01-01&to=2025-12-31"))["answers"]!, import["finishedAt"] is not null));
        Assert.Equal(67, (int)(await site.CesAsync("from=2025-03-11&to=2025-03-11"))["answers"]!);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task WhatWasAnsweredMeanwhileAndWhatIsBroughtInAreCountedOnce()
    {
        var (site, importer) = await NewAsync();
        var lines = Enumerable.Range(0, 2_000).Select(i =>
            site.Response(effort: 1 + (i % 7), intent: i % 2 == 0 ? "buy" : null).With("visit", $"0199f1c2-7b3a-7c3e-9d55-0123456{i / 4:00000}").With("answeredAt", "2026-03-11T08:00:00Z").Json);
        var started = await importer.SendLinesAsync(lines);
        await site.StoreManyAsync(Enumerable.Range(0, 300).Select(i => site.Response(effort: 2).With("visit", $"0199f1c2-7b3a-7c3e-9d55-0123456{i:00000}")));

        Assert.Equal("2000 2000 0 0", Importer.Counts(await importer.DoneAsync(started)));
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Theory]
    [InlineData("ndjson", "application/x-ndjson")]
    [InlineData("csv", "text/csv")]
    [InlineData("csv&bom=true&separator=semicolon", "text/csv")]
    public async Task WhatWasTakenOutCanBeBroughtInElsewhere(string format, string type)
    {
        var (site, _) = await NewAsync();
        await site.StoreAsync(
            site.Response(effort: 2, intent: "buy", success: "no").With("visit", "0199f1c2-7b3a-7c3e-9d55-012345678901").With("device", "mobile").With("language", "nl")
                .With("tags", JsonNode.Parse("""{ "segment": "business", "plan": "a;b" }""")).With("context", JsonNode.Parse("""{ "referrer": "https://search.example/x", "pagesInVisit": 3 }"""))
                .Answering("reason", text: "=Too \"slow\";\nreally"),
            site.Response(effort: 7).With("visit", "0199f1c2-7b3a-7c3e-9d55-012345678901").Answering("intent", choice: "other", text: "A gift").With("answeredAt", "2026-11-20T08:00:00Z"),
            site.Response().With("state", "shown"), site.Response().With("state", "dismissed"));
        var (other, importer) = await NewAsync();
        var file = await ExportAsync(site, format);

        Assert.Equal("4 4 0 0", Importer.Counts(await importer.BringInAsync(file, type: type)));
        Assert.Equal(await ExportAsync(site, "ndjson"), await ExportAsync(other, "ndjson"));
        Assert.Equal("4 0 4 0", Importer.Counts(await importer.BringInAsync(file, type: type)));
        Assert.Equal("4 0 4 0", Importer.Counts(await new Importer(collector.Operator, site.Id).BringInAsync(file, type: type)));
        await Cells.EqualARecountAsync(collector, other.Id);
    }

    [Fact]
    public async Task TheSameFileTwiceRepeatsAndTheSameRowTwiceIsTwoResponses()
    {
        var (site, importer) = await NewAsync();
        const string File = "Date,Page,Score,Scale,Comment\n2026-03-01,/contact,5,1-7,\n2026-03-01,/contact,5,1-7,\n2026-03-02,/contact,5,1-7,Fine\n";
        const string Query = "map=feedback&survey=effort-and-intention&page=https://shop.example";

        Assert.Equal("3 3 0 0", Importer.Counts(await importer.BringInAsync(File, Query)));
        Assert.Equal("3 0 3 0", Importer.Counts(await importer.BringInAsync(File, Query)));
        Assert.Equal("4 1 3 0", Importer.Counts(await importer.BringInAsync(File + "2026-03-01,/contact,5,1-7,\n", Query)));
        Assert.Equal(4, (int)(await site.CesAsync("from=2026-01-01&touchpoint=shop.example/contact"))["answers"]!);
    }

    [Fact]
    public async Task EachRefusedRecordIsListedWithItsLineAndItsReasons()
    {
        var (site, importer) = await NewAsync();
        JsonObject Line(string member, JsonNode? value) => site.Response(effort: 3).With("answeredAt", "2026-03-11T08:00:00Z").With(member, value).Json;
        var first = site.Response(effort: 3).With("answeredAt", "2026-03-11T08:00:00Z");
        var import = await importer.BringInLinesAsync(
        [
            first.Json, Line("page", "mailto:x"), Line("answeredAt", null), Line("answeredAt", "2027-03-11T08:00:00Z"), Line("answeredAt", "2019-03-11T08:00:00Z"), Line("survey", "no-such"), Line("answers", "none"),
            Line("colour", "red"), Line("site", "st_0123456789012345"), Line("surveyVersion", 9),
            site.Response(effort: 5).With("id", first.Id).With("answeredAt", "2026-03-11T08:00:00Z").Json,
        ]);

        Assert.Equal("11 1 0 10", Importer.Counts(import));
        Assert.Equal(
            ["2 /page", "3 /answeredAt", "4 /answeredAt", "5 /answeredAt", "6 /survey", "7 /answers", "8 /colour", "9 /site", "10 /surveyVersion", "11 /id"],
            import["errors"]!.AsArray().Select(error => $"{error!["line"]} {string.Join(' ', error["errors"]!.AsObject().Select(field => field.Key))}"));
        Assert.Equal("Lies before the 730 days for which the site keeps responses.", (string?)import["errors"]![3]!["errors"]!["/answeredAt"]![0]);
    }

    [Fact]
    public async Task InCsvWhatIsWrongIsNamedByItsColumn()
    {
        var (_, importer) = await NewAsync();
        var import = await importer.BringInAsync(
            "When,Page,How easy,Why\r\n2026-03-01,/a,8,x\r\n01-03-2026,/a,3,x\r\n2026-03-01,/a,many,\"two\r\nlines\"\r\n2026-03-01,/a,4,x,y\r\n\r\n2026-03-01,/a,4,x\r\n",
            "survey=effort-and-intention&page=https://shop.example&scale=1-7&column.answeredAt=when&column.page=Page&column.answer.effort=How%20easy&column.answer.reason=Why");

        Assert.Equal("5 1 0 4", Importer.Counts(import));
        Assert.Equal(
            ["2 How easy", "3 When", "4 How easy", "6 "],
            import["errors"]!.AsArray().Select(error => $"{error!["line"]} {string.Join(' ', error["errors"]!.AsObject().Select(field => field.Key))}"));
    }

    [Fact]
    public async Task OnlyTheFirstThousandRefusedAreListedAndAllAreCounted()
    {
        var (_, importer) = await NewAsync();
        var import = await importer.BringInAsync(string.Join('\n', Enumerable.Repeat("{}", 1_500)), type: "application/x-ndjson");

        Assert.Equal(("1500 0 0 1500", 1_000), (Importer.Counts(import), import["errors"]!.AsArray().Count));
    }

    [Fact]
    public async Task PersonalDataIsTakenOutAndRowsOfAnotherHostAreRefused()
    {
        var (site, importer) = await NewAsync(new JsonObject { ["allowedOrigins"] = new JsonArray("https://shop.example") });
        var kept = site.Response(effort: 3).Answering("reason", text: "Mail me at ann@mail.example").With("answeredAt", "2026-03-11T08:00:00Z");
        var import = await importer.BringInLinesAsync([kept.Json, site.Response(effort: 3).On("https://elsewhere.example/").With("answeredAt", "2026-03-11T08:00:00Z").Json]);

        Assert.Equal("2 1 0 1", Importer.Counts(import));
        var stored = await ExportAsync(site, "ndjson");
        Assert.Contains("[email]", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("mail.example", stored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delighted", "Response ID,Survey Type,Score,Comment,Created At,Person Email\n1001,ces,6,Fine,2026-03-01 10:00:00 UTC,x@mail.example\n", "2026-03-01T10:00:00", 6)]
    [InlineData("hotjar", "Number,User,Date Submitted,Country,Source URL,Device,Browser,OS,Hotjar User ID,How easy was it?\n1,x,2026-03-01 11:00:00,Netherlands,https://shop.example/contact,mobile,Safari,iOS,y,6\n", "2026-03-01T10:00:00", 6, "&column.score=How%20easy%20was%20it%3F")]
    [InlineData("qualtrics", "StartDate,EndDate,Finished,RecordedDate,ResponseId,UserLanguage,Q1\nStart Date,End Date,Finished,Recorded Date,Response ID,User Language,How easy?\n\"{\"\"ImportId\"\":\"\"startDate\"\"}\",a,b,c,d,e,f\n2026-03-01 10:50:00,2026-03-01 10:59:00,1,2026-03-01 11:00:00,R_2abc,EN,6\n", "2026-03-01T10:00:00", 6, "&column.score=Q1")]
    [InlineData("formbricks", "No.,Response ID,Timestamp,Finished,Survey ID,Formbricks ID (internal),User ID,Tags,url,userAgent - device,1. How easy?\n1,clx1,2026-03-01 11:00,Yes,cls1,,,,https://shop.example/contact,desktop,6\n", "2026-03-01T10:00:00", 6, "&column.score=1.%20How%20easy%3F")]
    [InlineData("feedback", "Date;Page;Score;Scale;Comment\n01-03-2026;/contact;6;1-7;Fijn\n", "2026-03-01T11:00:00", 6, "&dates=dmy")]
    public async Task ExportsOfOtherToolsAreUnderstood(string map, string file, string answeredAt, int score, string query = "")
    {
        var (site, importer) = await NewAsync();
        var import = await importer.BringInAsync(file, $"map={map}&survey=effort-and-intention&page=https://shop.example/contact{(map == "feedback" ? "" : "&scale=1-7")}{query}");

        Assert.Equal("1 1 0 0", Importer.Counts(import));
        var stored = JsonNode.Parse(await ExportAsync(site, "ndjson"))!;
        Assert.Equal((answeredAt, "shop.example/contact", score, "complete"), (((string?)stored["answeredAt"])![..19], (string?)stored["page"], (int)stored["effort"]!, (string?)stored["state"]));
    }

    [Theory]
    [InlineData("Date,Page,Score\n2026-03-01,/a,4\n", "", "scale")]
    [InlineData("Date,Page,Score\n2026-03-01,/a,4\n", "&scale=1-5", "scale")]
    [InlineData("Date,Page,Score\n2026-03-01,/a,4\n", "&scale=7-1", "scale")]
    [InlineData("Date,Page,Score\n2026-03-01,/a,4\n", "&scale=many", "scale")]
    [InlineData("Date,Page,Score,Scale\n2026-03-01,/a,4,1-7\n", "&column.page=Where", "column.page")]
    [InlineData("Date,Page,Score,Scale\n2026-03-01,/a,4,1-7\n", "&column.colour=Page", "column.colour")]
    [InlineData("Page,Score,Scale\n/a,4,1-7\n", "", "column.answeredAt")]
    [InlineData("Date,Page,Score,Scale\n2026-03-01,/a,4,1-7\n", "&dates=first", "dates")]
    [InlineData("Date,Page,\"Score,Scale\n2026-03-01,/a,4,1-7\n", "", "")]
    [InlineData("", "", "")]
    public async Task WhatCannotBeReadIsRefusedBeforeAnythingIsStored(string file, string query, string field)
    {
        var (_, importer) = await NewAsync();
        var reply = await importer.SendAsync(file, $"map=feedback&survey=effort-and-intention&page=https://shop.example{query}");

        Assert.True(reply.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, reply.Status.ToString());
        Assert.Equal([field], reply.WrongFields);
    }

    [Fact]
    public async Task ScoresOfAnotherScaleAreRefusedRowByRowAndGoToASurveyOfTheirOwn()
    {
        var (site, importer) = await NewAsync();
        await new TestSurveys(site).AddAsync("five", questions: """{ "id": "ease", "type": "effort", "text": { "nl": "Makkelijk?" }, "low": { "nl": "Nee" }, "high": { "nl": "Ja" }, "scale": { "min": 1, "max": 5, "easy": "high" } }""");
        const string File = "Date,Page,Score,Scale\n2026-03-01,/a,4,1-5\n2026-03-01,/a,4,1-7\n";

        Assert.Equal("2 1 0 1", Importer.Counts(await importer.BringInAsync(File, "map=feedback&survey=effort-and-intention&page=https://shop.example")));
        Assert.Equal("2 1 0 1", Importer.Counts(await importer.BringInAsync(File.Replace("/a", "/b", StringComparison.Ordinal), "map=feedback&survey=five&page=https://shop.example")));
        Assert.Equal(["1-5: 1", "1-7: 1"], (await site.CesAsync("from=2026-01-01"))["scales"]!.AsArray().Select(scale => $"{scale!["scale"]!["min"]}-{scale["scale"]!["max"]}: {scale["answers"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ADryRunStoresNothingAndShowsWhatWouldBe()
    {
        var (site, importer) = await NewAsync();
        const string Query = "map=feedback&survey=effort-and-intention&page=https://shop.example", File = "Date,Page,Score,Scale,Comment\n2026-03-01,/a,4,1-7,Call +31 20 624 1111\n2026-03-01,/a,9,1-7,\n";
        var reply = await importer.SendAsync(File, $"{Query}&dryRun=true");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("2 1 0 1", Importer.Counts(reply.Body!));
        Assert.Equal("Score", (string?)reply.Body!["columns"]!["score"]);
        var shown = reply.Body["preview"]!.AsArray().Single()!;
        Assert.Equal((2, "shop.example/a", "Call [phone]"), ((int)shown["line"]!, (string?)shown["page"], (string?)shown["answers"]![1]!["text"]));
        Assert.Equal("", await ExportAsync(site, "ndjson"));

        await importer.BringInAsync(File, Query);
        Assert.Equal("2 0 1 1", Importer.Counts((await importer.SendAsync(File, $"{Query}&dryRun=true")).Body!));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/csv; charset=windows-1252")]
    public async Task OtherTypesAreRefused(string type)
    {
        var (_, importer) = await NewAsync();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await importer.SendAsync("{}", type: type)).Status);
    }

    [Fact]
    public async Task AFileThatCannotBeReadToItsEndLeavesNothing()
    {
        var (site, importer) = await NewAsync();
        var line = site.Response(effort: 3).With("answeredAt", "2026-03-11T08:00:00Z").Json.ToJsonString();
        var reply = await importer.SendAsync($"{string.Join('\n', Enumerable.Repeat(line, 700))}\n{new string('x', 70_000)}", type: "application/x-ndjson");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal("The record on line 701 is longer than 64 KB.", (string?)reply.Body!["errors"]![""]![0]);
        await using var connection = await collector.Database.OpenAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select (select count(*) from imports where site = @Id) + (select count(*) from import_parts where site = @Id)", new { site.Id }));
    }

    [Fact]
    public async Task ImportsAreListedForThoseWhoManageTheSiteAndLeaveAnEntry()
    {
        var (site, importer) = await NewAsync();
        var lines = new[] { site.Response(effort: 3).With("answeredAt", "2026-03-11T08:00:00Z").Json };
        var first = await importer.BringInLinesAsync(lines, "name=old.ndjson");
        var second = await importer.BringInLinesAsync(lines, "name=old%20again.ndjson");
        var page = await ListAsync("");
        var next = await ListAsync($"&cursor={page["next"]}");

        // Both began in the same moment of the tests' clock, and so either may be the newer.
        Assert.Equal(
            [((string?)first["id"], "old.ndjson", "1 1 0 0"), ((string?)second["id"], "old again.ndjson", "1 0 1 0")],
            new[] { page, next }.Select(list => Assert.Single(list["items"]!.AsArray())!).Select(item => ((string?)item["id"], (string?)item["name"], Importer.Counts(item))).OrderByDescending(item => item.Item2, StringComparer.Ordinal));
        Assert.Null(next["next"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync($"imports/{first["id"]}")).Status);
        var (other, _) = await NewAsync();
        using var elsewhere = await collector.Operator.GetAsync(new Uri($"/v1/sites/{other.Id}/imports/{first["id"]}", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        await using var connection = await collector.Database.OpenAsync();
        Assert.Equal(["old.ndjson", "old again.ndjson"], await connection.QueryAsync<string>("select about from audit where site = @Id and action = 'imported' order by id", new { site.Id }));
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from import_parts where site = @Id", new { site.Id }));

        async Task<JsonNode> ListAsync(string query)
        {
            using var listed = await collector.Operator.GetAsync(new Uri($"/v1/sites/{site.Id}/imports?limit=1{query}", UriKind.Relative), Cancellation);
            return (await Reply.OfAsync(listed)).Body!;
        }
    }

    private async Task<(TestSite Site, Importer Importer)> NewAsync(JsonObject? settings = null)
    {
        var site = await collector.NewSiteAsync(settings);
        return (site, new Importer(collector.Operator, site.Id));
    }

    private async Task<string> ExportAsync(TestSite site, string format) =>
        await collector.Operator.GetStringAsync(new Uri($"/v1/sites/{site.Id}/export?from=2024-01-01&to=2026-12-31&format={format}", UriKind.Relative), Cancellation);
}
