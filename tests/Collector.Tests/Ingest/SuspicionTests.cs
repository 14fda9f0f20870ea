using System.Net;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest;

/// <summary>What seems to be a bot's is stored and acknowledged like any other response, counted apart, and left out of the figures.</summary>
public sealed class SuspicionTests
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string Crawler = "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/140.0.0.0 Safari/537.36";

    [Theory]
    [InlineData(Crawler)]
    [InlineData("Googlebot/2.1 (+http://www.google.com/bot.html)")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36")]
    public async Task AKnownBotGetsTheSameReplyAndIsLeftOut(string userAgent)
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 7);

        var (first, second) = (await site.PostAsync(response, userAgent), await site.PostAsync(response, userAgent));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal(["id", "receipt"], first.Body!.AsObject().Select(member => member.Key));
        Assert.Equal("bot", await SuspectAsync(site, response));
        Assert.Equal((0, 1), await CountedAndSuspectAsync(site));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Firefox)]
    [InlineData("python-requests/2.32.0")]
    public async Task ABrowserAPrivateOneAndAServerAreNoBots(string? userAgent)
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        await site.PostAsync(site.Response(effort: 7), userAgent);

        Assert.Equal((1, 0), await CountedAndSuspectAsync(site));
    }

    [Theory]
    [InlineData("https://spam.example", "honeypot", 0, 1)]
    [InlineData("", "", 1, 0)]
    [InlineData("  ", "", 1, 0)]
    [InlineData(null, "", 1, 0)]
    public async Task WhoFillsInWhatNobodySeesIsABot(string? website, string suspect, int counted, int suspects)
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 7).With("website", website);
        await site.StoreAsync(response);

        Assert.Equal(suspect, await SuspectAsync(site, response));
        Assert.Equal((counted, suspects), await CountedAndSuspectAsync(site));
        var row = (await StoredRows.QueryAsync(collector, "select * from responses where id = @Id", new { response.Id })).Single();
        Assert.DoesNotContain("spam.example", string.Join(' ', row.Values), StringComparison.Ordinal);
    }

    /// <summary>How long after it was shown the answers came in, how long by the visitor's clock (which says nothing where it is null), and how many.</summary>
    [Theory]
    [InlineData(50, null, 1, true)]
    [InlineData(50, 50, 1, true)]
    [InlineData(450, 450, 3, true)]
    [InlineData(250, 250, 1, false)] // As fast as a person can be.
    [InlineData(650, 600, 2, false)] // Two quick taps.
    [InlineData(90_000, 90_000, 4, false)]
    [InlineData(5, 90_000, 4, false)] // They waited for a connection, and came in together.
    [InlineData(90_000, 0, 4, false)] // The visitor's clock stands still.
    [InlineData(5, -60_000, 4, false)] // It was set back.
    [InlineData(-3_600_000, null, 1, false)] // The collector's was.
    public async Task WhoAnswersFasterThanAPersonCanIsABot(int received, int? answered, int answers, bool isSuspect)
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        var shownAt = collector.Time.Now.AddMinutes(-5);
        var shown = site.Response().With("state", "shown").With("answeredAt", answered is null ? null : $"{shownAt:yyyy-MM-dd'T'HH:mm:ss.fff}Z");
        await site.StoreAsync(shown);

        collector.Time.Now += TimeSpan.FromMilliseconds(received);
        var response = shown.Next().With("state", "partial").With("answeredAt", answered is null ? null : $"{shownAt.AddMilliseconds(answered.Value):yyyy-MM-dd'T'HH:mm:ss.fff}Z")
            .Answering("effort", score: 6)
            .Answering("intent", choice: answers > 1 ? "buy" : null).Answering("success", choice: answers > 2 ? "yes" : null).Answering("reason", text: answers > 3 ? "Fast" : null);
        await site.StoreAsync(response);

        Assert.Equal(isSuspect ? "tooFast" : "", await SuspectAsync(site, response));
        Assert.Equal(isSuspect ? (0, 1) : (1, 0), await CountedAndSuspectAsync(site));
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task ItIsMeasuredFromTheFirstTimeItWasShown()
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        var shown = site.Response().With("state", "shown");
        await site.StoreAsync(shown);
        collector.Time.Now += TimeSpan.FromSeconds(3);
        var again = shown.Next();
        await site.StoreAsync(again, again.Next().With("state", "partial").Answering("effort", score: 6));

        Assert.Equal((1, 0), await CountedAndSuspectAsync(site));
    }

    [Fact]
    public async Task AnswersThatComeWithoutAShownRevisionAreNoBots()
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 6, intent: "buy", success: "yes").Answering("reason", text: "All at once");
        await site.StoreAsync(response, response.Next().With("state", "complete"));

        Assert.Equal((1, 0), await CountedAndSuspectAsync(site));
    }

    [Fact]
    public async Task ClosingItAtOnceIsNoSign()
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        var shown = site.Response().With("state", "shown");
        await site.StoreAsync(shown, shown.Next().With("state", "dismissed"));

        Assert.Equal((0, 0), await CountedAndSuspectAsync(site));
        Assert.Equal(1, (int)(await site.GetAsync("touchpoints")).Body!["items"]![0]!["shown"]!);
    }

    [Fact]
    public async Task ABotDoesNotBecomeAPersonButAPersonMayTurnOutToBeABot()
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        var (bot, later) = (site.Response(effort: 1), site.Response(effort: 7));
        await site.PostAsync(bot, Crawler);
        await site.PostAsync(bot.Next().Answering("intent", choice: "buy"), Firefox);
        Assert.Equal((0, 1), await CountedAndSuspectAsync(site));

        await site.PostAsync(later, Firefox);
        Assert.Equal((1, 1), await CountedAndSuspectAsync(site));
        await site.StoreAsync(later.Next().With("website", "https://spam.example"));
        Assert.Equal((0, 2), await CountedAndSuspectAsync(site));
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(later.Next())).Status); // The same revision, without what was in the trap: nothing else was said.
        Assert.Equal("honeypot", await SuspectAsync(site, later));
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task ABotsIntentIsNobodyElses()
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        var visit = Guid.NewGuid().ToString();
        var giver = site.Response(intent: "buy").With("visit", visit);
        await site.StoreAsync(site.Response(effort: 3).With("visit", visit), giver);
        Assert.Equal(1, (int)(await site.CesAsync("intent=buy"))["answers"]!);

        await site.StoreAsync(giver.Next().With("website", "https://spam.example"));
        Assert.Equal(0, (int)(await site.CesAsync("intent=buy"))["answers"]!);
        Assert.Equal(1, (int)(await site.CesAsync())["answers"]!);
        await Cells.EqualARecountAsync(collector, site.Id);
    }

    [Fact]
    public async Task ABotsResponseCanBeErased()
    {
        await using var collector = new RunningCollector();
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 7);
        await site.PostAsync(response, Crawler);
        using var erased = await collector.Operator.DeleteAsync($"/v1/sites/{site.Id}/responses/{response.Id}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        Assert.Equal((0, 0), await CountedAndSuspectAsync(site));
        Assert.Empty(await StoredRows.QueryAsync(collector, "select * from cells"));
    }

    private static async Task<string> SuspectAsync(TestSite site, SomeResponse response) =>
        (string)(await StoredRows.QueryAsync(site.Collector, "select suspect from responses where id = @Id", new { response.Id })).Single()["suspect"]!;

    private static async Task<(int Counted, int Suspect)> CountedAndSuspectAsync(TestSite site)
    {
        var reply = await site.GetAsync("ces");
        return ((int)reply.Body!["ces"]!["answers"]!, (int)reply.Body["suspect"]!["responses"]!);
    }
}
