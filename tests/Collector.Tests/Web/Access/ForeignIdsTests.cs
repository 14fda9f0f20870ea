using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Collector.Tests.Dashboard;
using Collector.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Collector.Tests.Web.Access;

/// <summary>Ids of another site, given to one's own: they look like ids that nobody has, to the letter, and nothing of the other site is read or changed.</summary>
public sealed partial class ForeignIdsTests(FurnishedCollector furnished) : IClassFixture<FurnishedCollector>
{
    // It shows what stands in the form that is sent, under whatever name, and looks nothing up.
    private const string ShowsTheForm = "POST /sites/{site}/surveys/{id}/preview";

    // What each route takes, so that it is the id alone that it can refuse.
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["MarkResponse"] = """{ "handled": true }""",
        ["ReplaceSurvey"] = """{ "state": "live", "questions": [ { "standard": "ces-2" } ] }""",
        ["ChangeSurvey"] = """{ "state": "paused" }""",
        ["ChangeTouchpointRule"] = """{ "pattern": "/p/*" }""",
        ["ReplaceGroup"] = """{ "name": "Selling", "patterns": ["/sell"] }""",
        ["ChangeGroup"] = """{ "name": "Selling" }""",
        ["ChangeGoal"] = """{ "target": 0.5 }""",
        ["ChangeChange"] = """{ "note": "Shown" }""",
        ["ChangeWebhook"] = """{ "name": "Desk 2" }""",
        ["ReplayDeliveries"] = """{ "since": "2026-11-22T00:00:00Z" }""",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheApiDoesNotKnowThem()
    {
        var (own, others) = (await FurnishedSite.NewAsync(furnished.Collector), await FurnishedSite.NewAsync(furnished.Collector));
        var routes = RoutesWithIds(isPage: false);
        await AssertAllAreUnknownAsync(own, others, routes, async (route, method, path) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(path, UriKind.Relative));
            request.Content = Bodies.GetValueOrDefault(route.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName) is { } body ? new StringContent(body, Encoding.UTF8, "application/json") : null;
            return await furnished.Collector.Operator.SendAsync(request, Cancellation);
        });
    }

    [Fact]
    public async Task PagesDoNotKnowThem()
    {
        var (own, others) = (await FurnishedSite.NewAsync(furnished.Collector), await FurnishedSite.NewAsync(furnished.Collector));
        using var browser = await furnished.Collector.SignInAsync(await furnished.Collector.AddPersonAsync(isOperator: true));
        var forms = await FormsAsync(browser, own);
        var routes = RoutesWithIds(isPage: true);
        await AssertAllAreUnknownAsync(own, others, routes, async (route, method, path) => method == "GET"
            ? await browser.GetAsync(path)
            : await browser.SendAsync("/account", path, forms.GetValueOrDefault(own.PathOf(route), [])));
    }

    [Theory]
    [InlineData("ces")]
    [InlineData("touchpoints")]
    [InlineData("intents")]
    [InlineData("patterns")]
    [InlineData("priorities")]
    [InlineData("nps")]
    [InlineData("csat")]
    [InlineData("responses")]
    [InlineData("export")]
    [InlineData("explain", "survey")]
    [InlineData("figures.csv", "group", "figure=touchpoints&")]
    public async Task AFilterDoesNotKnowThem(string figure, string parameter = "group", string query = "")
    {
        var (own, others) = (furnished.Own, furnished.Others);
        foreach (var (name, kept) in (parameter == "group" ? new[] { ("group", "groups"), ("survey", "surveys") } : [("survey", "surveys")]))
        {
            Assert.Equal(await AnswerAsync("nobodys"), (await AnswerAsync(others[kept])).Replace(others[kept], "nobodys", StringComparison.Ordinal));

            async Task<string> AnswerAsync(string id)
            {
                using var response = await furnished.Collector.Operator.GetAsync(new Uri($"/v1/sites/{own.Site.Id}/{figure}?{query}{name}={id}", UriKind.Relative), Cancellation);
                return $"{response.StatusCode} {await response.Content.ReadAsStringAsync(Cancellation)}";
            }
        }
    }

    [Theory]
    [InlineData("goals", """{ "name": "Easy", "metric": "easy", "target": 0.7, "date": "2027-03-31", "selection": { "group": "{groups}" } }""")]
    [InlineData("goals", """{ "name": "Easy", "metric": "easy", "target": 0.7, "date": "2027-03-31", "selection": { "survey": "{surveys}" } }""")]
    [InlineData("changes", """{ "title": "Prices", "date": "2026-11-20", "selection": { "group": "{groups}" } }""")]
    [InlineData("changes", """{ "title": "Prices", "date": "2026-11-20", "selection": { "group": "mine" }, "control": { "survey": "{surveys}" } }""")]
    [InlineData("surveys", """{ "id": "asks", "questions": [ { "standard": "ces-2" } ], "where": { "groups": ["{groups}"] } }""")]
    [InlineData("surveys/{surveys}", """{ "state": "live", "questions": [ { "standard": "ces-2" } ] }""")]
    [InlineData("groups/{groups}", """{ "name": "Selling", "patterns": ["/sell"] }""")]
    public async Task ABodyDoesNotKnowThem(string path, string body)
    {
        var (own, others) = (await FurnishedSite.NewAsync(furnished.Collector), furnished.Others);
        var before = await others.ReadAllAsync();

        // The other first: where it is taken as any name is, what is made of it looks the same as well.
        var foreign = await AnswerAsync(name => others[name]);
        var unknown = await AnswerAsync(_ => "nobodys");

        Assert.Equal(Neutral(unknown), Neutral(foreign));
        Assert.Equal(before, await others.ReadAllAsync());

        async Task<string> AnswerAsync(Func<string, string> id)
        {
            string Fill(string text) => Named().Replace(text, name => id(name.Groups["name"].Value));
            var method = path.Contains('/', StringComparison.Ordinal) ? HttpMethod.Put : HttpMethod.Post;
            var reply = await new Saved(own.Site, Fill(path)).SendAsync(method, "", Fill(body));
            if (method == HttpMethod.Post && (string?)reply.Body?["id"] is { } made)
            {
                await new Saved(own.Site, path).SendAsync(HttpMethod.Delete, $"/{made}");
            }

            return $"{reply.Status} {reply.Body?.ToJsonString()}".Replace(others["groups"], "nobodys", StringComparison.Ordinal).Replace(others["surveys"], "nobodys", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AVisitorsResponseIsOfItsOwnSiteAlone()
    {
        var (own, others) = (await FurnishedSite.NewAsync(furnished.Collector), furnished.Others);
        var before = await others.ReadAllAsync();

        // Under the other's survey, and over the other's response.
        var underOthers = await own.Site.PostAsync(own.Site.Response(effort: 7).With("survey", others["surveys"]));
        var underNobodys = await own.Site.PostAsync(own.Site.Response(effort: 7).With("survey", "nobodys"));
        var overOthers = await own.Site.PostAsync(own.Site.Response(effort: 7).With("id", others["responses"]).With("revision", 9));
        using var pageOfOthers = await furnished.Collector.Visitor.GetAsync(new Uri($"/s/{own.Site.SiteKey}/{others["surveys"]}", UriKind.Relative), Cancellation);
        using var pageOfNobodys = await furnished.Collector.Visitor.GetAsync(new Uri($"/s/{own.Site.SiteKey}/nobodys", UriKind.Relative), Cancellation);

        Assert.Equal((underNobodys.Status, underNobodys.Body!.ToJsonString()), (underOthers.Status, underOthers.Body!.ToJsonString()));
        Assert.Equal(HttpStatusCode.Created, overOthers.Status); // As with any id that this site has not seen.
        Assert.Equal(HttpStatusCode.NotFound, pageOfOthers.StatusCode);
        Assert.Equal(await pageOfNobodys.Content.ReadAsStringAsync(Cancellation), await pageOfOthers.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(before, await others.ReadAllAsync());
    }

    [Fact]
    public async Task ACursorOfAnotherSiteLeadsThroughOnesOwnListAlone()
    {
        var (own, others) = (furnished.Own.Site, furnished.Others.Site);
        await others.StoreAsync(others.Response(effort: 1), others.Response(effort: 1));
        foreach (var list in (string[])["keys", "responses", "touchpoints", "surveys"])
        {
            await new Saved(others, "keys").SendAsync(HttpMethod.Post, "", """{ "name": "Second", "scopes": ["read"] }""");
            var first = await new Saved(others, list).SendAsync(HttpMethod.Get, "?limit=1");
            if ((string?)first.Body!["next"] is { } cursor)
            {
                var answer = await new Saved(own, list).SendAsync(HttpMethod.Get, $"?cursor={cursor}");
                Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{list}: {answer.Status}");
                var ids = (await new Saved(others, list).SendAsync(HttpMethod.Get)).Body!["items"]!.AsArray().Select(item => (string?)item!["id"]).OfType<string>().Except(["effort-and-intention"]);
                Assert.All(ids, id => Assert.DoesNotContain(id, answer.Body!.ToJsonString(), StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task WhatAFormNamesBesidesItsAddressIsOfItsOwnSiteToo()
    {
        var (own, others) = (furnished.Own, furnished.Others);
        using var owner = await furnished.Collector.SignInAsync(own.Owner);
        using var other = await furnished.Collector.SignInAsync(others.Owner);
        var people = $"/sites/{own.Site.Id}/settings/people";
        using (var invited = await other.SendAsync(people.Replace(own.Site.Id, others.Site.Id, StringComparison.Ordinal), people.Replace(own.Site.Id, others.Site.Id, StringComparison.Ordinal), ("email", "guest@shop.example"), ("role", "viewer")))
        {
            Assert.Equal(HttpStatusCode.OK, invited.StatusCode);
        }

        using var foreign = await owner.SendAsync(people, $"{people}/take-back", ("email", "guest@shop.example"));
        using var unknown = await owner.SendAsync(people, $"{people}/take-back", ("email", "nobody@shop.example"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unknown.StatusCode, foreign.StatusCode));
        Assert.Equal(await TextAsync(unknown, ""), await TextAsync(foreign, ""));
        Assert.Single(await StoredRows.QueryAsync(furnished.Collector, "select 1 from links where site = @Id", new { others.Site.Id }));

        using var saved = await owner.SendAsync("/account/mail", "/account/mail", ("digest", others.Site.Id), ("alerts", others.Site.Id));
        Assert.Equal("/account/mail", saved.Headers.Location?.ToString());
        Assert.Empty(await StoredRows.QueryAsync(furnished.Collector, "select 1 from mail_choices where site = @Id and person = @Person", new { others.Site.Id, Person = own.Owner.Id }));
    }

    private IReadOnlyList<(RouteEndpoint Route, string Method)> RoutesWithIds(bool isPage) => [.. furnished.Routes
        .Where(each => FurnishedCollector.IsPage(each.Route) == isPage && each.Route.RoutePattern.GetParameter("site") is not null
            && each.Route.RoutePattern.Parameters.Any(parameter => parameter.Name is not ("site" or "version")))
        .OrderBy(each => Removes(each) ? 1 : 0)];

    // Each route is called with an id of the other site, with nobody's, and then with its own, which shows that it was the id that was refused.
    private static async Task AssertAllAreUnknownAsync(
        FurnishedSite own, FurnishedSite others, IReadOnlyList<(RouteEndpoint Route, string Method)> routes, Func<RouteEndpoint, string, string, Task<HttpResponseMessage>> sendAsync)
    {
        Assert.NotEmpty(routes);
        var before = await others.ReadAllAsync();
        foreach (var (route, method) in routes)
        {
            var (foreignId, unknownId) = ("", "");
            using var foreign = await sendAsync(route, method, own.PathOf(route, (name, _) => foreignId = others[name]));
            using var unknown = await sendAsync(route, method, own.PathOf(route, (name, id) => unknownId = NobodysLike(id)));

            var isForm = FurnishedCollector.IsPage(route) && method == "POST";
            var what = $"{method} {route.RoutePattern.RawText}";
            var isRefused = unknown.StatusCode == HttpStatusCode.NotFound
                || (isForm && unknown.StatusCode == HttpStatusCode.UnprocessableEntity) // The form again, so that what was typed is not lost, with the error in it.
                || (what == ShowsTheForm && unknown.StatusCode == HttpStatusCode.OK);
            Assert.True(isRefused, $"{what}: {unknown.StatusCode}");
            Assert.Equal((what, unknown.StatusCode), (what, foreign.StatusCode));
            Assert.Equal(await TextAsync(unknown, unknownId), await TextAsync(foreign, foreignId));
        }

        Assert.Equal(before, await others.ReadAllAsync());
        foreach (var (route, method) in routes)
        {
            using var response = await sendAsync(route, method, own.PathOf(route));
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent or HttpStatusCode.Found or HttpStatusCode.Accepted, $"{method} {route.RoutePattern.RawText}: {response.StatusCode} {await response.Content.ReadAsStringAsync(Cancellation)}");
        }
    }

    private static bool Removes((RouteEndpoint Route, string Method) each) =>
        each.Method == "DELETE" || each.Route.RoutePattern.RawText!.EndsWith("/remove", StringComparison.Ordinal) && each.Method == "POST" || each.Route.RoutePattern.RawText.EndsWith("/revoke", StringComparison.Ordinal);

    private static string NobodysLike(string id) => !Guid.TryParse(id, out _) ? $"x{id[1..]}" : Guid.CreateVersion7().ToString(id.Contains('-', StringComparison.Ordinal) ? "D" : "N");

    // All forms on the pages of a site, as a browser would send them unchanged, by where they go.
    private async Task<Dictionary<string, (string Name, string Value)[]>> FormsAsync(BrowserLike browser, FurnishedSite own)
    {
        var forms = new Dictionary<string, (string, string)[]>(StringComparer.Ordinal);
        foreach (var (route, method) in furnished.Routes)
        {
            if (method == "GET" && FurnishedCollector.IsPage(route) && route.RoutePattern.GetParameter("site") is not null)
            {
                var path = own.PathOf(route);
                using var page = await browser.GetAsync(path);
                var document = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync(Cancellation));
                foreach (var form in document.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>())
                {
                    foreach (var action in form.QuerySelectorAll("[formaction]").Select(button => button.GetAttribute("formaction")!).Append(form.GetAttribute("action") ?? path))
                    {
                        (string, string)[] fields = [.. FieldsOf(form)];
                        forms.TryAdd(action.Split('?')[0], fields.Length > 0 ? fields : [.. form.QuerySelectorAll("button[name]").Take(1).Select(button => (button.GetAttribute("name")!, button.GetAttribute("value") ?? ""))]);
                    }
                }
            }
        }

        return forms;
    }

    private static IEnumerable<(string, string)> FieldsOf(IHtmlFormElement form)
    {
        foreach (var field in form.Elements)
        {
            var (name, value) = (field.GetAttribute("name"), field is IHtmlSelectElement select ? select.Value : field is IHtmlTextAreaElement area ? area.Value : field.GetAttribute("value") ?? "");
            var isSent = field is not IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } and not IHtmlButtonElement and not IHtmlFieldSetElement;
            if (name is not null && name != "form-token" && isSent)
            {
                yield return (name, value ?? "");
            }
        }
    }

    // Without what is another one each time: the token of forms, and the id itself.
    private static async Task<string> TextAsync(HttpResponseMessage response, string id)
    {
        var text = Token().Replace(await response.Content.ReadAsStringAsync(Cancellation), "");
        return id.Length == 0 ? text : text.Replace(id, "…", StringComparison.Ordinal);
    }

    private static string Neutral(string answer) => Made().Replace(answer, "");

    [GeneratedRegex("\\{(?<name>groups|surveys)\\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Named();

    [GeneratedRegex("name=\"form-token\" value=\"[^\"]*\"", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Token();

    [GeneratedRegex("\"id\":\"[0-9a-f-]{32,36}\"", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Made();
}
