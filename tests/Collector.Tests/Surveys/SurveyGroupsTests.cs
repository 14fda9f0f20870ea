using System.Net;
using Collector.Tests.Support;

namespace Collector.Tests.Surveys;

public sealed class SurveyGroupsTests(RunningCollector collector)
{
    [Fact]
    public async Task ThePageIsToldThePatternsOfTheGroupsBesideThoseOfTheSurvey()
    {
        var (groups, surveys) = await SurveyForGroupsAsync("""{ "include": ["/own", "/cart"], "groups": ["checkout", "help"], "exclude": ["/help/old"] }""");

        Assert.Equal("""{"include":["/own","/cart","/checkout/**","/help/**"],"exclude":["/help/old"]}""", await WhereAsync(surveys));
        Assert.Equal("""["checkout","help"]""", (await surveys.DoAsync(HttpMethod.Get, "/grouped"))["where"]!["groups"]!.ToJsonString());

        // No new version: the survey still says the same. The pages of the group are others, at once.
        await groups.SendAsync(HttpMethod.Patch, "/help", """{ "patterns": ["/faq"] }""");
        Assert.Equal("""{"include":["/own","/cart","/checkout/**","/faq"],"exclude":["/help/old"]}""", await WhereAsync(surveys));
        Assert.Equal(1, (int)(await surveys.DoAsync(HttpMethod.Get, "/grouped"))["version"]!);
    }

    [Theory]
    [InlineData("https://shop.example/checkout/pay", "")]
    [InlineData("https://shop.example/own", "")]
    [InlineData("https://shop.example/help/old", "exclude")]
    [InlineData("https://shop.example/elsewhere", "include")]
    public async Task TheExplanationKnowsThePagesOfGroups(string page, string failed)
    {
        var (_, surveys) = await SurveyForGroupsAsync("""{ "include": ["/own"], "groups": ["checkout", "help"], "exclude": ["/help/old"] }""");
        var reply = await surveys.SendToSiteAsync(HttpMethod.Get, $"/explain?page={page}");
        var grouped = reply.Body!["surveys"]!.AsArray().Single(survey => (string?)survey!["survey"] == "grouped")!;

        Assert.Equal(failed, string.Join(' ', grouped["rules"]!.AsArray().Where(rule => !(bool)rule!["passed"]!).Select(rule => (string?)rule!["rule"])));
        Assert.Equal(failed.Length == 0 ? "grouped" : "effort-and-intention", (string?)reply.Body["survey"]);
    }

    [Fact]
    public async Task NamesThatCannotBeOfGroupsAreRefused()
    {
        var surveys = new TestSurveys(await collector.NewSiteAsync());
        var reply = await surveys.SendAsync(HttpMethod.Post, body: """{ "id": "a", "where": { "groups": ["Not One"] }, "questions": [ { "standard": "nps" } ] }""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/where/groups"), (reply.Status, string.Join(' ', reply.WrongFields)));
    }

    private async Task<(TestGroups Groups, TestSurveys Surveys)> SurveyForGroupsAsync(string where)
    {
        var site = await collector.NewSiteAsync();
        var (groups, surveys) = (new TestGroups(site), new TestSurveys(site));
        await groups.AddAsync("checkout", ["/cart", "/checkout/**"]);
        await groups.AddAsync("help", ["/help/**"]);
        await surveys.AddAsync("grouped", $""" "priority": 9, "show": {"{"} "exit": true {"}"}, "where": {where}""");
        return (groups, surveys);
    }

    private static async Task<string> WhereAsync(TestSurveys surveys) =>
        (await surveys.SettingsAsync())["surveys"]!.AsArray().Single(survey => (string?)survey!["id"] == "grouped")!["where"]!.ToJsonString();
}
