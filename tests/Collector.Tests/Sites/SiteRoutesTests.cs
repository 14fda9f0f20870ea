using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Sites;

public sealed class SiteRoutesTests(RunningCollector collector)
{
    [Fact]
    public async Task ANewSiteHasItsKeyItsDefaultsAndTheDefaultSurveyLive()
    {
        var reply = await SendAsync(HttpMethod.Post, "/v1/sites", """{ "name": "Shop" }""");

        Assert.Equal(HttpStatusCode.Created, reply.Status);
        Assert.Equal($"/v1/sites/{(string)reply.Body!["id"]!}", reply.Message.Headers.Location?.ToString());
        Assert.StartsWith("st_", (string)reply.Body["siteKey"]!, StringComparison.Ordinal);
        Assert.Equal(
            """{"name":"Shop","timeZone":"Etc/UTC","allowedOrigins":[],"languages":["nl","en"],"minimumAnswers":10,"retentionDays":730,"maximumTouchpoints":10000,"collapseIdentifiers":true,"scrubText":true,"informal":false,"quietDays":0,"respectPrivacySignals":true,"appearance":{}}""",
            new JsonObject(reply.Body.AsObject().Where(member => member.Key is not ("id" or "siteKey" or "widget" or "createdAt")).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString());

        var widget = await collector.Visitor.GetFromJsonAsync<JsonNode>($"/v1/widget/{(string)reply.Body["siteKey"]!}", TestContext.Current.CancellationToken);
        var survey = widget!["surveys"]!.AsArray().Single()!;
        Assert.Equal("effort-and-intention", (string?)survey["id"]);
        Assert.Equal(["effort", "intent", "success", "reason"], survey["questions"]!.AsArray().Select(question => (string?)question!["id"]));
    }

    [Fact]
    public async Task ASiteIsReadAndChangedAndTheChangeHoldsAtOnce()
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 6));

        var changed = await SendAsync(HttpMethod.Patch, $"/v1/sites/{site.Id}", """{ "minimumAnswers": 1, "allowedOrigins": ["https://other.example"] }""");

        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal("Shop", (string?)changed.Body!["name"]);
        Assert.Equal(changed.Body.ToJsonString(), (await SendAsync(HttpMethod.Get, $"/v1/sites/{site.Id}")).Body!.ToJsonString());
        Assert.True((bool)(await site.CesAsync())["enough"]!);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.PostAsync(site.Response(effort: 6))).Status);
    }

    [Fact]
    public async Task ChangesMadeAtOnceAllHold()
    {
        var site = await collector.NewSiteAsync();
        string[] changes = ["""{ "name": "New" }""", """{ "minimumAnswers": 99 }""", """{ "retentionDays": 30 }""", """{ "scrubText": false }"""];

        await Task.WhenAll(changes.Select(change => SendAsync(HttpMethod.Patch, $"/v1/sites/{site.Id}", change)));

        var read = (await SendAsync(HttpMethod.Get, $"/v1/sites/{site.Id}")).Body!;
        Assert.Equal(("New", 99, 30, false), ((string)read["name"]!, (int)read["minimumAnswers"]!, (int)read["retentionDays"]!, (bool)read["scrubText"]!));
    }

    [Fact]
    public async Task AnotherLanguageIsThereForTheNextVisitor()
    {
        await using var alone = new RunningCollector(); // Nobody has asked for the widget yet, so nothing of it is remembered.
        var site = await alone.NewSiteAsync();
        using var content = new StringContent("""{ "languages": ["de", "fr"] }""", Encoding.UTF8, "application/json");
        using var changed = await alone.Operator.PatchAsync($"/v1/sites/{site.Id}", content, TestContext.Current.CancellationToken);

        var settings = await alone.Visitor.GetFromJsonAsync<JsonNode>($"/v1/widget/{site.SiteKey}", TestContext.Current.CancellationToken);

        Assert.Equal(["de", "fr"], settings!["surveys"]![0]!["questions"]![0]!["text"]!.AsObject().Select(text => text.Key));
    }

    [Theory]
    [InlineData("null", HttpStatusCode.BadRequest, "")]
    [InlineData("", HttpStatusCode.BadRequest, "")]
    [InlineData("""{ "name": "Shop", "nam.e": [0] }""", HttpStatusCode.BadRequest, "/nam.e")]
    [InlineData("""{ "name": "Shop", "allowedOrigins": ["https://u:p@shop.example"] }""", HttpStatusCode.UnprocessableEntity, "/allowedOrigins/0")]
    [InlineData("""{ "name": "Shop", "allowedOrigins": ["https://shop.example?x"] }""", HttpStatusCode.UnprocessableEntity, "/allowedOrigins/0")]
    [InlineData("""{ "name": "Shop", "timeZone": "posix/Europe/Paris" }""", HttpStatusCode.UnprocessableEntity, "/timeZone")]
    [InlineData("{}", HttpStatusCode.BadRequest, "/name")]
    [InlineData("""{ "name": null }""", HttpStatusCode.BadRequest, "/name")]
    [InlineData("""{ "name": 5 }""", HttpStatusCode.BadRequest, "/name")]
    [InlineData("""{ "name": "Shop", "colour": "red" }""", HttpStatusCode.BadRequest, "/colour")]
    [InlineData("""{ "name": "Shop", "name": "Shop" }""", HttpStatusCode.BadRequest, "/name")]
    [InlineData("""{ "name": "Shop", "minimumAnswers": "5" }""", HttpStatusCode.BadRequest, "/minimumAnswers")]
    [InlineData("""{ "name": "Shop", "languages": ["nl", 5] }""", HttpStatusCode.BadRequest, "/languages/1")]
    [InlineData("""{ "name": " " }""", HttpStatusCode.UnprocessableEntity, "/name")]
    [InlineData("""{ "name": "Shop", "timeZone": "Mars/Olympus" }""", HttpStatusCode.UnprocessableEntity, "/timeZone")]
    [InlineData("""{ "name": "Shop", "timeZone": "W. Europe Standard Time" }""", HttpStatusCode.UnprocessableEntity, "/timeZone")]
    [InlineData("""{ "name": "Shop", "languages": [] }""", HttpStatusCode.UnprocessableEntity, "/languages")]
    [InlineData("""{ "name": "Shop", "languages": ["nl_NL"] }""", HttpStatusCode.UnprocessableEntity, "/languages")]
    [InlineData("""{ "name": "Shop", "languages": ["nl", "nl"] }""", HttpStatusCode.UnprocessableEntity, "/languages")]
    [InlineData("""{ "name": "Shop", "allowedOrigins": ["https://shop.example", "shop.example"] }""", HttpStatusCode.UnprocessableEntity, "/allowedOrigins/1")]
    [InlineData("""{ "name": "Shop", "allowedOrigins": ["https://shop.example/contact"] }""", HttpStatusCode.UnprocessableEntity, "/allowedOrigins/0")]
    [InlineData("""{ "name": "Shop", "retentionDays": 0 }""", HttpStatusCode.UnprocessableEntity, "/retentionDays")]
    [InlineData("""{ "name": "Shop", "maximumTouchpoints": -1 }""", HttpStatusCode.UnprocessableEntity, "/maximumTouchpoints")]
    public async Task AWrongSettingIsNamed(string body, HttpStatusCode status, string field)
    {
        var reply = await SendAsync(HttpMethod.Post, "/v1/sites", body);

        Assert.True(status == reply.Status, $"{reply.Status} {reply.Body}");
        Assert.Equal([field], reply.WrongFields);
    }

    [Fact]
    public async Task TheOperatorListsAllSitesPageByPageAndASitesKeyOnlyItsOwn()
    {
        var sites = new[] { await collector.NewSiteAsync(), await collector.NewSiteAsync(), await collector.NewSiteAsync() };

        var ids = new List<string>();
        var cursor = "";
        do
        {
            var page = (await SendAsync(HttpMethod.Get, $"/v1/sites?limit=2{cursor}")).Body!;
            ids.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            cursor = (string?)page["next"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Superset(sites.Select(site => site.Id).ToHashSet(), ids.ToHashSet());
        var own = await sites[0].Analyst.GetFromJsonAsync<JsonNode>("/v1/sites", TestContext.Current.CancellationToken);
        Assert.Equal([sites[0].Id], own!["items"]!.AsArray().Select(item => (string)item!["id"]!));
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await collector.Operator.SendAsync(request);
        return await Reply.OfAsync(response);
    }
}
