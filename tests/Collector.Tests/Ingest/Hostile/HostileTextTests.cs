using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Collector.Feedback;
using Collector.Tests.Reference;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest.Hostile;

/// <summary>Naughty strings wherever a text can stand.</summary>
public sealed class HostileTextTests(RunningCollector collector)
{
    [Theory]
    [InlineData("/id")]
    [InlineData("/site")]
    [InlineData("/survey")]
    [InlineData("/visit")]
    [InlineData("/page")]
    [InlineData("/state")]
    [InlineData("/answers/0/question")]
    [InlineData("/answers/2/choice")]
    [InlineData("/answers/1/text")]
    [InlineData("/answers/3/text")]
    [InlineData("/language")]
    [InlineData("/device")]
    [InlineData("/context/referrer")]
    [InlineData("/tags/segment")]
    [InlineData("/answeredAt")]
    public async Task AnyTextIsStoredOrRefusedForItsOwnPlace(string place)
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        await Parallel.ForEachAsync(Spelled(HostileStrings.All), TestContext.Current.CancellationToken, async (text, _) =>
        {
            var verdict = await visitor.SendAsync(place, HostileBody.With(visitor.Site.SiteKey, place, text));
            HostileJsonTests.ComplainUnless(verdict.IsAbout(place), visitor, $"{verdict.Status} for {string.Join(", ", verdict.Fields)}: {HostileVisitor.Readable(text)}");
        });
        await visitor.LeavesAllInOrderAsync();
    }

    [Fact]
    public async Task AnyNameOfAMemberIsTakenOrNamed()
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        await Parallel.ForEachAsync(Spelled(HostileStrings.All), TestContext.Current.CancellationToken, async (name, _) =>
        {
            var tag = await visitor.SendAsync("a tag", HostileBody.WithTagNamed(visitor.Site.SiteKey, name));
            HostileJsonTests.ComplainUnless(tag.IsAbout("/tags/"), visitor, $"{tag.Status} for {string.Join(", ", tag.Fields)}: {HostileVisitor.Readable(name)}");
            foreach (var place in (string[])["/unknown", "/context/referrer", "/answers/3/text"])
            {
                var verdict = await visitor.SendAsync($"a member beside {place}", HostileBody.With(visitor.Site.SiteKey, place, [.. "null,"u8, .. name, .. ":null"u8]));
                HostileJsonTests.ComplainUnless(verdict.Status == 400, visitor, $"{verdict.Status} beside {place}: {HostileVisitor.Readable(name)}");
            }
        });
        await visitor.LeavesAllInOrderAsync();
    }

    [Fact]
    public async Task TimesAtEveryEdgeAreTakenOrNamedAndCountOnADayOfTheLastWeek()
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        foreach (var time in HostileJson.Times.SelectMany(time => new[] { HostileBody.Quoted(time), HostileBody.Quoted(time, escaped: true) }))
        {
            var verdict = await visitor.SendAsync("a time", HostileBody.With(visitor.Site.SiteKey, "/answeredAt", time));
            HostileJsonTests.ComplainUnless(verdict.IsAbout("/answeredAt"), visitor, $"{verdict.Status}: {HostileVisitor.Readable(time)}");
        }

        await visitor.LeavesAllInOrderAsync();
        var days = await StoredRows.QueryAsync(collector, "select distinct answered_at from responses where site = @Id", new { visitor.Site.Id });
        Assert.All(days, day => Assert.InRange((long)day["answered_at"]!, collector.Time.Now.AddDays(-7).ToUnixTimeMilliseconds(), collector.Time.Now.ToUnixTimeMilliseconds()));
    }

    [Fact]
    public async Task APageIsTakenExactlyWhenItCanBeRead()
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync());
        await Parallel.ForEachAsync(Pages.All, TestContext.Current.CancellationToken, async (entry, _) =>
        {
            var verdict = await visitor.SendAsync("a page", HostileBody.With(visitor.Site.SiteKey, "/page", HostileBody.Quoted(entry.Input)));
            var expected = Page.TryParse(entry.Input.Replace("\0", "", StringComparison.Ordinal), out var _) ? 201 : 422;
            HostileJsonTests.ComplainUnless(verdict.Status == expected, visitor, $"{verdict.Status} instead of {expected}: {entry.Input}");
        });
        await visitor.LeavesAllInOrderAsync();
    }

    [Theory]
    [InlineData("/answers/1/text", "1/text", "answers", 5_000)]
    [InlineData("/answers/3/text", "3/text", "answers", 5_000)]
    [InlineData("/tags/segment", "segment", "tags", 200)]
    public async Task EveryTextThatIsNotTooLongIsStoredAsItWasSent(string place, string path, string column, int longest)
    {
        using var visitor = new HostileVisitor(await collector.NewSiteAsync(new JsonObject { ["scrubText"] = false }));
        var expected = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(HostileStrings.All, TestContext.Current.CancellationToken, async (text, _) =>
        {
            var kept = HostileStrings.Kept(text);
            var mayBeBlank = place != "/answers/3/text";
            if (kept.Length <= longest && (mayBeBlank || !string.IsNullOrWhiteSpace(kept)))
            {
                expected.Enqueue(kept);
            }

            await visitor.SendAsync(place, HostileBody.With(visitor.Site.SiteKey, place, HostileBody.Quoted(text)));
        });

        var stored = await StoredRows.QueryAsync(collector, $"select {column} as json from responses where site = @Id", new { visitor.Site.Id });
        Assert.Equal(expected.Order(StringComparer.Ordinal), stored.Select(row => TextAt((string)row["json"]!)).Order(StringComparer.Ordinal));
        await visitor.LeavesAllInOrderAsync();

        string TextAt(string json) => (string)path.Split('/').Aggregate(JsonNode.Parse(json)!, (node, step) => node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!)!;
    }

    // Each text once as it is and once with every character escaped, in turns.
    private static IEnumerable<byte[]> Spelled(IEnumerable<string> texts) => texts.Select((text, i) => HostileBody.Quoted(text, escaped: i % 2 == 1));
}
