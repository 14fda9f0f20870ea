using System.Reflection;
using Collector.Dashboard.Shell;
using Collector.Sites;
using Collector.Tests.Support;

namespace Collector.Tests.Web.Access;

/// <summary>The audit trail has no gaps: every route there is either writes down who asked, or stands here with the reason why not.</summary>
public sealed class TrailOfEveryRouteTests(FurnishedCollector furnished) : IClassFixture<FurnishedCollector>
{
    private const string Comment = "Where is the price?";

    // Why a route that changes something writes nothing down.
    private static readonly Dictionary<string, string> Untold = new(StringComparer.Ordinal)
    {
        ["DELETE /v1/responses/{id:guid}"] = "It writes that the visitor did, who is nobody that a request could name.",
        ["PATCH /v1/sites/{site}/responses/{id:guid}"] = "Labels are no access; who handled a response stands with it.",
        ["POST /s/{siteKey}/{survey}"] = "Visitors answer.",
        ["POST /v1/responses"] = "Visitors answer.",
        ["POST /v1/sites/{site}/webhooks/{id}/test"] = "A message that tells nothing of anybody.",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoeverIsGivenWhatAVisitorWroteIsWrittenDown()
    {
        var site = furnished.Own.Site;
        await site.StoreManyAsync(Enumerable.Range(0, 120).Select(i => i % 2 == 0
            ? site.Response(effort: 1, intent: "compare").With("state", "complete").Answering("reason", text: Comment)
            : site.Response(effort: 7, intent: "buy").With("state", "complete").On("https://shop.example/basket")));
        var (given, silent) = (new List<string>(), new List<string>());
        foreach (var (route, _) in furnished.Routes.Where(each => each.Method == "GET"))
        {
            foreach (var kind in (string[])["Owner", "OperatorKey"])
            {
                var before = await EntriesAsync(forget: true);
                Assert.Equal(0, before);
                var path = furnished.Own.PathOf(route);
                var asked = path[(path.LastIndexOf('/') + 1)..] switch { "export" or "file" => "?format=csv", "touchpoint" => "?name=shop.example/contact", _ => "" };
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path + asked, UriKind.Relative));
                furnished.Callers.Sign(request, kind);
                using var response = await furnished.SendAsync(request);
                if (!System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation)).Contains(Comment, StringComparison.Ordinal))
                {
                    continue;
                }

                given.Add($"{kind} {path}");
                if (await EntriesAsync() == 0)
                {
                    silent.Add($"{kind} {path}");
                }
            }
        }

        Assert.Empty(silent);
        Assert.Equal(
            ["comments", "export", "file", "patterns", "patterns", "responses", "touchpoint"],
            given.Select(each => each[(each.LastIndexOf('/') + 1)..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryRouteThatChangesSomethingTakesTheTrail()
    {
        // A page has the trail in its context.
        var without = furnished.Routes
            .Where(each => each.Method != "GET")
            .Where(each => each.Route.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Any(parameter => parameter.ParameterType == typeof(Audit) || parameter.ParameterType == typeof(PageContext)) != true)
            .Select(each => $"{each.Method} {each.Route.RoutePattern.RawText!.TrimEnd('/')}");
        Assert.Equal(Untold.Keys.Order(StringComparer.Ordinal), without.Order(StringComparer.Ordinal));
    }

    private async Task<int> EntriesAsync(bool forget = false)
    {
        await using var connection = await furnished.Collector.Database.OpenAsync();
        var site = new { furnished.Own.Site.Id };
        if (forget)
        {
            await StoredRows.QueryAsync(connection, transaction: null, "delete from audit where site = @Id", site);
        }

        return (await StoredRows.QueryAsync(connection, transaction: null, "select id from audit where site = @Id", site)).Count;
    }
}
