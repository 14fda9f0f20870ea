using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Insights;

public sealed class TagFilterTests(RunningCollector collector)
{
    [Theory]
    [InlineData("tag.segment=business", 2)]
    [InlineData("tag.segment=Business", 0)]
    [InlineData("tag.segment=busines", 0)]
    [InlineData("tag.segment=business&tag.plan=pro%20%22%C3%A9%25_%5C", 1)]
    [InlineData("tag.plan=pro%20%22%C3%A9%25_%5C&device=mobile", 0)]
    [InlineData("tag.plan=", 1)]
    [InlineData("tag.segment.b=c", 1)]
    [InlineData("tag.b=c", 0)]
    public async Task OnlyVisitsWithAllMarksCount(string query, int answers)
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(
            Tagged(site, ("segment", "business"), ("plan", "pro \"é%_\\")),
            Tagged(site, ("segment", "business"), ("plan", "")),
            Tagged(site, ("segment.b", "c")),
            Tagged(site, ("plan", "\"segment\":\"business\"")),
            site.Response(effort: 4));

        Assert.Equal(answers, (int)(await site.CesAsync(query))["answers"]!);
    }

    [Fact]
    public async Task AMarkThatAllHaveChangesNoFigure()
    {
        var site = await collector.NewSiteAsync();
        await new TestGroups(site).AddAsync("buy", ["/cart"]);
        await site.StoreAsync(
            Tagged(site).With("state", "shown").With("answers", new JsonArray()),
            Tagged(site).With("state", "dismissed").With("answers", new JsonArray()),
            Tagged(site).With("website", "https://bot.example"),
            Tagged(site).On("https://shop.example/cart").With("visit", "0199f1c2-7b3a-7c3e-9d55-0123456789ab").With("state", "complete"),
            Tagged(site, ("a", "1")).Answering("intent", choice: "buy").Answering("success", choice: "no").With("visit", "0199f1c2-7b3a-7c3e-9d55-0123456789ab").With("device", "mobile"));

        foreach (var figure in (string[])["ces?by=day", "ces?by=group", "ces?by=touchpoint&intent=buy", "ces?by=survey&group=buy", "touchpoints?sort=responses", "intents?", "intents?device=mobile"])
        {
            var (plain, tagged) = ((await site.GetAsync(figure)).Body!, (await site.GetAsync($"{figure}&tag.everybody=yes")).Body!);
            Assert.Equal(plain.ToJsonString(), tagged.ToJsonString());
            Assert.DoesNotContain("\"items\":[]", plain.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("tag.=x", "tag.")]
    [InlineData("tag.a%22b=x", "tag.a\"b")]
    [InlineData("tag.a=1&tag.a=2", "tag.a")]
    [InlineData("tag=1", "tag")]
    public async Task AWrongMarkIsNamed(string query, string wrong)
    {
        var reply = await (await collector.NewSiteAsync()).GetAsync($"ces?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, wrong), (reply.Status, string.Join(' ', reply.WrongFields)));
    }

    private static SomeResponse Tagged(TestSite site, params (string Name, string Value)[] tags)
    {
        var all = new JsonObject { ["everybody"] = "yes" };
        foreach (var (name, value) in tags)
        {
            all[name] = value;
        }

        return site.Response(effort: 4).With("tags", all);
    }
}
