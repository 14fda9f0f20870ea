using Collector.Tests.Support;

namespace Collector.Tests.Ingest;

public sealed class PrivacyTests(RunningCollector collector)
{
    [Fact]
    public async Task NothingOfThePageThatCouldNameAVisitorIsStored()
    {
        var site = await collector.NewSiteAsync();
        var response = site.Response(effort: 6)
            .On("https://jan:geheim1@shop.example/account?token=geheim2#geheim3")
            .With("context", new System.Text.Json.Nodes.JsonObject { ["referrer"] = "https://mail.example/inbox?user=geheim4" })
            .Answering("reason", text: "Mail me: jan.geheim5@mail.example or call +31 6 12345678");
        await site.StoreAsync(response);

        var row = (await StoredRows.QueryAsync(collector, "select * from responses where id = @Id", new { response.Id })).Single();
        var all = string.Join(' ', row.Values);

        Assert.DoesNotContain("geheim", all, StringComparison.Ordinal);
        Assert.DoesNotContain("12345678", all, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", all, StringComparison.Ordinal);
        Assert.Equal("shop.example/account", row["page"]);
        Assert.Equal("Mail me: [email] or call [phone]", await StoredRows.TextAsync(collector, site.Id, response.Id));
    }

    [Fact]
    public async Task NothingOfAUserAgentIsInTheDatabaseAPersonsOrABots()
    {
        await using var another = new RunningCollector();
        var site = await another.NewSiteAsync();
        await site.PostAsync(site.Response(effort: 6), "Mozilla/5.0 (geheim1; rv:140.0) Gecko/20100101 Firefox/140.0");
        await site.PostAsync(site.Response(effort: 6), "Mozilla/5.0 (compatible; Googlebot/2.1; geheim2; +http://www.google.com/bot.html)");
        Assert.Equal(1, (int)(await site.GetAsync("ces")).Body!["suspect"]!["responses"]!);

        var all = await another.Database.AllTextAsync();
        Assert.Contains("shop.example", all, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Mozilla", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASiteCanKeepTextAsItIs()
    {
        var site = await collector.NewSiteAsync(new System.Text.Json.Nodes.JsonObject { ["scrubText"] = false });
        var response = site.Response().Answering("reason", text: "Mail jan@mail.example");
        await site.StoreAsync(response);

        Assert.Equal("Mail jan@mail.example", await StoredRows.TextAsync(collector, site.Id, response.Id));
    }
}
