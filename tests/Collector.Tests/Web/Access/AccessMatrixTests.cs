using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Collector.Dashboard.People;
using Collector.Sites;
using Collector.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Collector.Tests.Web.Access;

/// <summary>Who gets where: every route there is, called by every kind of caller there is. What has to come of it stands beside the policies (<see cref="AccessRow"/>).</summary>
public sealed class AccessMatrixTests(FurnishedCollector furnished) : IClassFixture<FurnishedCollector>
{
    [Fact]
    public void EveryRouteSaysWhoMayCallIt()
    {
        foreach (var (route, method) in furnished.Routes)
        {
            var policies = FurnishedCollector.PoliciesOf(route);
            Assert.True(IsForAnybody(route) == (policies.Count == 0), $"{method} {route.RoutePattern.RawText} must either be for anybody (AllowAnonymous) or name a policy.");
            Assert.All(policies, policy => Assert.NotNull(RowOf(policy)));
        }
    }

    [Fact]
    public void EveryKindOfCallerIsSent() => Assert.Equal(Callers.Cells.Select(cell => cell.Name).Order(), furnished.Callers.Kinds.Order());

    [Fact]
    public async Task EveryCallerGetsAsFarOnEveryRouteAsItsPolicySays()
    {
        var (wrong, cells) = (new ConcurrentBag<string>(), 0);
        var before = await furnished.Own.ReadAllAsync();
        await Parallel.ForEachAsync(furnished.Routes, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (each, _) =>
        {
            var (route, method) = each;
            var row = RowOf(route)!;
            var isAboutSite = route.RoutePattern.GetParameter("site") is not null;
            foreach (var kind in furnished.Callers.Kinds)
            {
                var expected = Callers.CellOf(row, kind, isAboutSite);
                var (passage, status) = await CallAsync(route, method, kind);
                Interlocked.Increment(ref cells);
                if (passage != expected)
                {
                    wrong.Add($"{method} {route.RoutePattern.RawText} for {kind}: {passage} ({status}) instead of {expected}");
                }
            }
        });

        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{furnished.Routes.Count} routes × {furnished.Callers.Kinds.Count} kinds of callers = {cells} cells."));
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order()));
        Assert.Equal(before, await furnished.Own.ReadAllAsync());
    }

    // What would change something is sent so that the route refuses it, with 400, as soon as the caller is through: with a parameter that it does not know, and for pages without the token of a form.
    private async Task<(Passage Passage, HttpStatusCode Status)> CallAsync(RouteEndpoint route, string method, string kind)
    {
        var (isRead, isPage, isForAnybody) = (method == "GET", FurnishedCollector.IsPage(route), IsForAnybody(route));
        var path = furnished.Own.PathOf(route);
        var query = path == "/mail/stop" ? $"?t={Uri.EscapeDataString(furnished.Own.StopToken)}" : isRead || isPage || isForAnybody ? "" : "?undeclared=1";
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(path + query, UriKind.Relative));
        request.Content = isRead ? null : isPage ? new FormUrlEncodedContent([KeyValuePair.Create("version", "1")]) : new StringContent("{}", Encoding.UTF8, route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes[0] ?? "application/json");
        furnished.Callers.Sign(request, kind);
        using var response = await furnished.SendAsync(request);
        var passage = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => Passage.Unknown,
            HttpStatusCode.Found when LeadsToSigningIn(response, isRead && path != "/") => Passage.Unknown,
            HttpStatusCode.Forbidden => Passage.Refused,
            HttpStatusCode.NotFound when path != "/sites/nowhere" => Passage.Hidden, // That one tells who has signed in that there is nothing.
            _ => Passage.Through,
        };
        Assert.True((int)response.StatusCode < 500, $"{method} {path} for {kind}: {response.StatusCode}");
        Assert.False(passage == Passage.Through && !isRead && !isForAnybody && response.StatusCode != HttpStatusCode.BadRequest, $"{method} {path} for {kind} may have changed something: {response.StatusCode}");
        return (passage, response.StatusCode);
    }

    private static bool LeadsToSigningIn(HttpResponseMessage response, bool andBack) =>
        andBack ? response.Headers.Location!.ToString().StartsWith("/sign-in?next=", StringComparison.Ordinal) : response.Headers.Location!.ToString() == "/sign-in";

    private static bool IsForAnybody(RouteEndpoint route) => route.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static AccessRow? RowOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<AccessRow>() ?? (IsForAnybody(route) ? AccessRow.OfAnybody : RowOf(FurnishedCollector.PoliciesOf(route)[^1]));

    private static AccessRow? RowOf(string policy) => policy.Length == 0 ? Scopes.OfAnyKey : Scopes.Policies.GetValueOrDefault(policy) ?? PagePolicies.All.GetValueOrDefault(policy);
}
