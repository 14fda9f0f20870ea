using Collector.Tests.Support;

namespace Collector.Tests.Insights;

/// <summary>How much of what came in a bot seems to have given.</summary>
public sealed class SuspectFigureTests(RunningCollector collector)
{
    private const string Bot = "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)";

    [Fact]
    public async Task TheShareIsOfAllResponsesOfTheSameSelection()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6), site.Response(effort: 6).With("device", "mobile"), site.Response().With("state", "shown"));
        await site.PostAsync(site.Response(effort: 1), Bot);
        await site.PostAsync(site.Response().With("state", "shown").With("device", "mobile"), Bot);

        Assert.Equal((2, 0.4), await SuspectAsync(site, ""));
        Assert.Equal((1, 0.5), await SuspectAsync(site, "device=mobile"));
        Assert.Equal((0, null), await SuspectAsync(site, "device=tablet"));
        Assert.Equal(6, (double)(await site.CesAsync())["mean"]!);
    }

    [Fact]
    public async Task APartThatBotsAloneAnsweredIsInNoBreakdown()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6, intent: "buy"));
        await site.PostAsync(site.Response(effort: 1, intent: "job"), Bot);

        var reply = await site.GetAsync("ces?by=intent");

        Assert.Equal(["buy"], reply.Body!["breakdown"]!.AsArray().Select(part => (string?)part!["key"]));
        Assert.Equal(1, (int)reply.Body["suspect"]!["responses"]!);
    }

    [Fact]
    public async Task ATouchpointTellsItsShareAndOneThatBotsAloneSawIsNotListed()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6, intent: "buy", success: "yes"));
        await site.PostAsync(site.Response(effort: 1, intent: "buy", success: "no"), Bot);
        await site.PostAsync(site.Response(effort: 1).On("https://shop.example/made-up"), Bot);

        var item = (await site.GetAsync("touchpoints")).Body!["items"]!.AsArray().Single()!;

        Assert.Equal("""{"responses":1,"share":0.5}""", item["suspect"]!.ToJsonString());
        Assert.Equal((1, 1, 1.0), ((int)item["shown"]!, (int)item["responses"]!, (double)item["responseRate"]!));
        Assert.Equal((1, 1.0), ((int)item["success"]!["answers"]!, (double)item["success"]!["share"]!));
        Assert.Equal(1, (int)item["intents"]![0]!["responses"]!);
        Assert.Equal((1, 1.0), await SuspectAsync(site, "page=https://shop.example/made-up"));
    }

    private static async Task<(int Responses, double? Share)> SuspectAsync(TestSite site, string query)
    {
        var suspect = (await site.GetAsync($"ces?{query}")).Body!["suspect"]!;
        return ((int)suspect["responses"]!, (double?)suspect["share"]);
    }
}
