using System.Net;
using System.Reflection;
using System.Text;
using Collector.Insights;
using Collector.Tests.Dashboard;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Tests.Web.Access;

/// <summary>What nobody sends who uses a browser and our pages, sent to every route: it is the sender's fault, and never ours.</summary>
public sealed class BrokenInputTests(FurnishedCollector furnished) : IClassFixture<FurnishedCollector>
{
    // What no text in a database can hold, alone and within a cursor; the ends of the calendar.
    private static readonly string[] Hostile = ["%00", "YQBi", "0001-01-01", "9999-12-31"];

    [Fact]
    public async Task AFormWithNothingInItBreaksNothing()
    {
        var site = await FurnishedSite.NewAsync(furnished.Collector);
        var person = await furnished.Collector.AddPersonAsync(isOperator: true);
        foreach (var (route, _) in furnished.Routes.Where(each => each.Method == "POST" && FurnishedCollector.IsPage(each.Route) && each.Route.RoutePattern.GetParameter("siteKey") is null))
        {
            using var browser = await furnished.Collector.SignInAsync(person); // Anew, since some of them end it.
            using var reply = await browser.SendAsync("/account", site.PathOf(route));
            Assert.True((int)reply.StatusCode < 500, $"{route.RoutePattern.RawText}: {reply.StatusCode}");
        }
    }

    [Fact]
    public async Task AFormThatCannotBeReadIsRefused()
    {
        using var browser = await furnished.Collector.SignInAsync(await furnished.Collector.AddPersonAsync(isOperator: true));
        foreach (var (route, _) in furnished.Routes.Where(each => each.Method == "POST" && FurnishedCollector.IsPage(each.Route) && each.Route.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            using var reply = await browser.SendAsync("/account", furnished.Own.PathOf(route), ("name", "\0"));
            Assert.True(reply.StatusCode == HttpStatusCode.BadRequest, $"{route.RoutePattern.RawText}: {reply.StatusCode}");
        }
    }

    [Fact]
    public async Task NoQueryBreaksAnything()
    {
        using var browser = await furnished.Collector.SignInAsync(await furnished.Collector.AddPersonAsync(isOperator: true));
        foreach (var (route, _) in furnished.Routes.Where(each => each.Method == "GET"))
        {
            var isPage = FurnishedCollector.IsPage(route);
            var names = QueryOf(route.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? []).Concat(isPage ? QueryOf(typeof(SelectionQuery).GetProperties()) : []).Distinct();
            foreach (var query in names.SelectMany(name => Hostile.Select(value => $"{name}={value}")))
            {
                var path = $"{furnished.Own.PathOf(route)}?{query}";
                using var reply = isPage ? await browser.GetAsync(path) : await furnished.Collector.Operator.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.True((int)reply.StatusCode < 500, $"{route.RoutePattern.RawText}?{query}: {reply.StatusCode}");
            }
        }
    }

    [Theory]
    [InlineData("/v1/sites", "application/json")]
    [InlineData("/v1/responses", "application/json")]
    [InlineData("/sign-in", "application/x-www-form-urlencoded")]
    public async Task ABodyWhereNoFileIsExpectedHasAtMostAMegabyte(string path, string type)
    {
        using var body = new StringContent(new string('1', 1_048_577), Encoding.UTF8, type);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body, Headers = { ExpectContinue = true } }; // The refusal comes before the body, and would break off the sending of it.
        using var reply = await furnished.Collector.Operator.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
    }

    // The parameters that are declared, by the names they have in the query.
    private static IEnumerable<string> QueryOf(IEnumerable<ICustomAttributeProvider> declared)
    {
        foreach (var each in declared)
        {
            var (name, type) = each is ParameterInfo parameter ? (parameter.Name!, parameter.ParameterType) : (((PropertyInfo)each).Name, ((PropertyInfo)each).PropertyType);
            if (each.IsDefined(typeof(AsParametersAttribute), inherit: false))
            {
                foreach (var inner in QueryOf(type.GetProperties()))
                {
                    yield return inner;
                }
            }
            else if (each.GetCustomAttributes(typeof(FromQueryAttribute), inherit: false) is [FromQueryAttribute query])
            {
                yield return query.Name ?? name;
            }
        }
    }
}
