using System.Net;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Surveys;

public sealed class WidgetSettingsTests : IDisposable
{
    private readonly RunningCollector collector = new RunningCollector();

    [Fact]
    public async Task AllLiveSurveysAreThereInOrderOfPriorityAndWhatIsDefaultIsLeftOut()
    {
        var surveys = new TestSurveys(await collector.NewSiteAsync(new JsonObject { ["languages"] = new JsonArray("en") }));
        await surveys.AddAsync("low", """ "priority": -1, "show": { "tab": true }""");
        await surveys.AddAsync("high", """ "priority": 7, "where": { "tags": { "segment": ["business"] } }, "often": { "perDay": 5 }""");
        var settings = await surveys.SettingsAsync();

        Assert.Equal(["high", "effort-and-intention", "low"], settings["surveys"]!.AsArray().Select(survey => (string?)survey!["id"]));
        var (high, plain, low) = (settings["surveys"]![0]!.AsObject(), settings["surveys"]![1]!.AsObject(), settings["surveys"]![2]!.AsObject());
        Assert.Equal(["id", "version", "priority", "where", "show", "questions", "labels"], high.Select(member => member.Key));
        Assert.Equal("""{"tags":{"segment":["business"]}}""", high["where"]!.ToJsonString());
        Assert.Equal(["id", "version", "show", "questions", "labels"], plain.Select(member => member.Key));
        Assert.Equal("""{"en":"Feedback"}""", low["labels"]!["tab"]!.ToJsonString());
        Assert.Null(high["labels"]!["tab"]);
        Assert.Equal(["site", "surveys"], settings.AsObject().Select(member => member.Key));
        Assert.DoesNotContain("perDay", settings.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"nl\"", settings.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheSiteSaysGoesAlong()
    {
        var surveys = new TestSurveys(await collector.NewSiteAsync());
        var changed = await surveys.SendToSiteAsync(HttpMethod.Patch, "", """
            { "quietDays": 30, "respectPrivacySignals": false,
              "appearance": { "position": "bottomStart", "colors": { "background": "#FFFFFF", "text": "#1b1f27", "accent": "#2a58bf", "onAccent": "#ffffff" },
                              "cornerRadius": 0, "font": "\"Open Sans\", sans-serif", "logo": "https://shop.example/logo.svg" } }
            """);
        Assert.True(changed.Status == HttpStatusCode.OK, changed.Body?.ToJsonString());
        var settings = await surveys.SettingsAsync();
        Assert.Equal((30, false), ((int)settings["quietDays"]!, (bool)settings["respectPrivacySignals"]!));
        Assert.Equal(changed.Body!["appearance"]!.ToJsonString(), settings["appearance"]!.ToJsonString());
        Assert.Equal(("bottomStart", "#ffffff"), ((string?)settings["appearance"]!["position"], (string?)settings["appearance"]!["colors"]!["background"]));

        await surveys.SendToSiteAsync(HttpMethod.Patch, "", """{ "appearance": {}, "respectPrivacySignals": true, "quietDays": 0 }""");
        Assert.Equal(["site", "surveys"], (await surveys.SettingsAsync()).AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task ASurveyThatHasHadItsAnswersIsLeftOutUntilTheSitesNextDay()
    {
        var site = await collector.NewSiteAsync();
        var surveys = new TestSurveys(site);
        await surveys.AddAsync("few", """ "often": { "perDay": 2 }""");
        await site.StoreAsync(Response(6), Response(null), Response(null), Response(null));
        Assert.Equal("effort-and-intention few", await LaterAsync(TimeSpan.FromSeconds(6)));

        // Answers count, wherever they were given; that it was shown does not, nor does a bot.
        await site.StoreAsync(Response(2).With("website", "https://bot.example"));
        Assert.Equal("effort-and-intention few", await LaterAsync(TimeSpan.FromSeconds(6)));
        await site.StoreAsync(Response(3).On("https://shop.example/elsewhere"));
        Assert.Equal("effort-and-intention", await LaterAsync(TimeSpan.FromSeconds(6)));

        // Half past ten in Amsterdam, so the day is over in thirteen hours and a half.
        Assert.Equal("effort-and-intention", await LaterAsync(TimeSpan.FromHours(13.4)));
        Assert.Equal("effort-and-intention few", await LaterAsync(TimeSpan.FromHours(0.2)));

        SomeResponse Response(int? effort) => site.Response(effort).With("survey", "few");

        Task<string> LaterAsync(TimeSpan time)
        {
            collector.Time.Now += time;
            collector.Time.Passed += time;
            return surveys.ShownAsync();
        }
    }

    [Fact]
    public async Task WhatASiteWritesStaysATextInsideTheScript()
    {
        var site = await collector.NewSiteAsync();
        var surveys = new TestSurveys(site);
        await surveys.AddAsync("a", """ "show": { "click": "a > b" }""", """{ "standard": "nps", "text": { "nl": "</script><!-- \u2028 'Zo' \\ \"zo\"" } }""");

        var script = await collector.Visitor.GetStringAsync($"/{site.SiteKey}.js", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("</", script, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", script, StringComparison.Ordinal);
        Assert.DoesNotContain("\u2028", script, StringComparison.Ordinal);
        Assert.Equal("</script><!-- \u2028 'Zo' \\ \"zo\"", (string?)(await surveys.SettingsAsync())["surveys"]![0]!["questions"]![0]!["text"]!["nl"]);

        // Half an emoji is no text.
        Assert.Equal(HttpStatusCode.BadRequest, (await surveys.SendAsync(HttpMethod.Patch, "/a", """{ "questions": [ { "standard": "nps", "text": { "nl": "\ud83d" } } ] }""")).Status);
    }

    [Theory]
    [InlineData("""{ "cornerRadius": 33, "font": "Arial; } * { color: red", "logo": "http://shop.example/logo.svg" }""", "/cornerRadius", "/font", "/logo")]
    [InlineData("""{ "logo": "javascript:alert(1)" }""", "/logo")]
    [InlineData("""{ "position": "middle" }""", "/position")]
    [InlineData("""{ "colors": { "background": "white", "text": "#000", "accent": "#2a58bf", "onAccent": "#fffffg" } }""", "/colors/background", "/colors/onAccent", "/colors/text")]
    [InlineData("""{ "colors": { "background": "#ffffff", "text": "#777777", "accent": "#2a58bf", "onAccent": "#ffffff" } }""", "/colors/text")]
    [InlineData("""{ "darkColors": { "background": "#000000", "text": "#ffffff", "accent": "#2a58bf", "onAccent": "#000000" } }""", "/darkColors/accent", "/darkColors/onAccent")]
    [InlineData("""{ "colors": { "background": "#ffffff", "text": "#767676", "accent": "#767676", "onAccent": "#ffffff" } }""")]
    public async Task ALookThatCannotBeReadIsRefused(string appearance, params string[] wrong)
    {
        var surveys = new TestSurveys(await collector.NewSiteAsync());
        var reply = await surveys.SendToSiteAsync(HttpMethod.Patch, "", $$"""{ "appearance": {{appearance}} }""");
        Assert.Equal(wrong.Select(field => $"/appearance{field}"), reply.WrongFields);
    }

    public void Dispose() => collector.Dispose();
}
