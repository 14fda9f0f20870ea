using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Collector.Tests.Support;

namespace Collector.Tests.Surveys;

public sealed class WidgetRoutesTests(RunningCollector collector)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneScriptHoldsTheWidgetAndTheSitesSettings()
    {
        var site = await collector.NewSiteAsync();

        using var response = await collector.Visitor.GetAsync($"/{site.SiteKey}.js", Cancellation);
        var script = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal("text/javascript; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.StartsWith("//# allFunctionsCalledOnLoad\n(", script, StringComparison.Ordinal);
        Assert.Contains($"\"site\":\"{site.SiteKey}\"", script, StringComparison.Ordinal);
        Assert.Contains("How easy was it to do what you came for?", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskingAgainUnchangedCostsA304()
    {
        var site = await collector.NewSiteAsync();
        foreach (var path in (string[])[$"/{site.SiteKey}.js", $"/v1/widget/{site.SiteKey}"])
        {
            using var first = await collector.Visitor.GetAsync(path, Cancellation);
            Assert.Equal(TimeSpan.FromMinutes(1), first.Headers.CacheControl?.MaxAge);

            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var second = await collector.Visitor.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        }
    }

    [Fact]
    public async Task TheScriptComesCompressed()
    {
        var site = await collector.NewSiteAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{site.SiteKey}.js");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));

        using var response = await collector.Visitor.SendAsync(request, Cancellation);

        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        Assert.True((await response.Content.ReadAsByteArrayAsync(Cancellation)).Length < 7_300);
    }

    [Theory]
    [InlineData("st_0000000000000000000000")]
    [InlineData("st_")]
    [InlineData("favicon")]
    public async Task AnUnknownKeyIsNotFound(string key)
    {
        foreach (var path in (string[])[$"/{key}.js", $"/v1/widget/{key}"])
        {
            using var response = await collector.Visitor.GetAsync(path, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("nl", "en")]
    [InlineData("de")]
    [InlineData("fr", "nl", "de", "en")]
    public async Task EveryTextIsThereInTheSitesLanguagesAndNoOther(params string[] languages)
    {
        var site = await collector.NewSiteAsync(new JsonObject { ["languages"] = new JsonArray([.. languages.Select(language => JsonValue.Create(language))]) });
        var settings = JsonNode.Parse(await collector.Visitor.GetStringAsync($"/v1/widget/{site.SiteKey}", Cancellation))!;

        var survey = settings["surveys"]!.AsArray().Single()!;
        var questions = survey["questions"]!.AsArray();
        var texts = questions.SelectMany(question => (JsonNode?[])[question!["text"], question["low"], question["high"], .. question["choices"]?.AsArray().Select(choice => choice!["text"]) ?? []])
            .Concat(survey["labels"]!.AsObject().Select(label => label.Value))
            .OfType<JsonObject>()
            .ToList();
        Assert.Equal(4 + 2 + 9 + 4 + 11, texts.Count);
        Assert.All(texts, text => Assert.Equal(languages, text.Select(entry => entry.Key)));
        Assert.All(texts, text => Assert.All(text, entry => Assert.NotEmpty((string)entry.Value!)));
    }

    [Fact]
    public async Task TheSettingsAreSafeInsideAScript()
    {
        var site = await collector.NewSiteAsync();
        var script = await collector.Visitor.GetStringAsync($"/{site.SiteKey}.js", Cancellation);

        Assert.DoesNotContain("</", script, StringComparison.Ordinal);
        Assert.DoesNotContain("\u2028", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASitesJsonTellsAScriptThatNeverChangesAndItsHash()
    {
        var site = await collector.NewSiteAsync();
        var widget = (await site.GetAsync("")).Body!["widget"]!;
        using var response = await collector.Visitor.GetAsync((string)widget["pinned"]!, Cancellation);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal($"/{site.SiteKey}.js", (string?)widget["script"]);
        Assert.Equal($"sha384-{Convert.ToBase64String(SHA384.HashData(bytes))}", (string?)widget["integrity"]);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(bytes))[..10], (string?)widget["pinned"], StringComparison.Ordinal); // Other bytes, another name.
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl?.ToString());
        Assert.Equal(["*"], response.Headers.GetValues("Access-Control-Allow-Origin")); // Also for who did not ask, whose copy a cache may hand on.
        Assert.DoesNotContain(site.SiteKey, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/collector-0.0.1-0000000000.js")]
    [InlineData("/collector-.js")]
    public async Task AnotherVersionOfTheScriptIsNotFound(string path)
    {
        using var response = await collector.Visitor.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
