using System.Net;
using System.Text.RegularExpressions;
using Collector.Dashboard.Mail;
using Collector.Dashboard.People;
using Collector.Surveys;
using Collector.Tests.Dashboard;
using Collector.Tests.Support;
using Collector.Tests.Transfer;
using Collector.Tests.Webhooks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Web.Access;

/// <summary>A site with one of everything that has an id, so that each route's address can be filled in.</summary>
internal sealed partial class FurnishedSite
{
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

    private FurnishedSite(TestSite site, Person owner) => (Site, Owner) = (site, owner);

    public TestSite Site { get; }

    public Person Owner { get; }

    /// <summary>What mail to the owner holds to end it.</summary>
    public string StopToken => Site.Collector.Services.GetRequiredService<StopToken>().Of(Site.Id, Owner.Id, "digest");

    public static async Task<FurnishedSite> NewAsync(RunningCollector collector)
    {
        var site = await collector.NewSiteAsync();
        var furnished = new FurnishedSite(site, await collector.AddPersonAsync(site));
        var response = site.Response(effort: 2, intent: "compare").Answering("reason", text: "Where is the price?");
        await site.StoreAsync(response);
        furnished.ids["responses"] = furnished.ids["comments"] = response.Id;
        furnished.ids["goals"] = await new Saved(site, "goals").AddAsync("""{ "name": "Easy", "metric": "easy", "target": 0.7, "date": "2027-03-31" }""");
        furnished.ids["changes"] = await new Saved(site, "changes").AddAsync("""{ "title": "Prices", "date": "2026-11-20" }""");
        furnished.ids["groups"] = $"group-{site.Id}"; // Owners choose these two.
        await new TestGroups(site).AddAsync(furnished.ids["groups"], ["/checkout/**"]);
        furnished.ids["surveys"] = $"survey-{site.Id}";
        await new TestSurveys(site).AddAsync(furnished.ids["surveys"]);
        furnished.ids["touchpoint-rules"] = furnished.ids["rules"] = await new TestRules(site).AddAsync($"/products-of-{site.Id}/*");
        furnished.ids["webhooks"] = (await SomeWebhook.AddAsync(site, "https://receiver.invalid/")).Id;
        furnished.ids["keys"] = (string)(await new Saved(site, "keys").SendAsync(HttpMethod.Get)).Body!["items"]![0]!["id"]!;
        furnished.ids["people"] = (await collector.AddPersonAsync(site, Role.Viewer)).Id;
        var importer = new Importer(collector.Operator, site.Id);
        var started = await importer.SendLinesAsync([site.Response(effort: 4).With("answeredAt", "2026-11-02T08:00:00Z").Json]);
        Assert.Equal(HttpStatusCode.Accepted, started.Status);
        await importer.DoneAsync(started);
        furnished.ids["imports"] = furnished.ids["import"] = (string)started.Body!["id"]!;
        return furnished;
    }

    /// <summary>The address of a route, with what this site has in it.</summary>
    public string PathOf(RouteEndpoint route) => PathOf(route, (_, id) => id);

    /// <summary>The same, with other ids in the place of its own: by what they name, and its own.</summary>
    public string PathOf(RouteEndpoint route, Func<string, string, string> other)
    {
        var template = "/" + route.RoutePattern.RawText!.Trim('/');
        return Parameter().Replace(template, parameter =>
        {
            var before = template[..parameter.Index].TrimEnd('/').Split('/')[^1];
            return parameter.Groups["name"].Value switch
            {
                "site" => Site.Id,
                "siteKey" => Site.SiteKey,
                "survey" => "effort-and-intention",
                "version" => before == "versions" ? "1" : WidgetAlone.Version,
                "path" => "nowhere",
                _ => other(before, ids[before]),
            };
        });
    }

    /// <summary>The id of what is kept under a name.</summary>
    public string this[string name] => ids[name];

    /// <summary>What its owner sees of all that has an id.</summary>
    public async Task<string> ReadAllAsync()
    {
        var all = new List<string>();
        foreach (var name in (string[])["goals", "changes", "groups", "surveys", "touchpoint-rules", "webhooks", "keys", "imports", "responses"])
        {
            var items = (await new Saved(Site, name).SendAsync(HttpMethod.Get)).Body!["items"]!.AsArray();
            foreach (var item in items)
            {
                item!.AsObject().Remove("lastUsed"); // To use a key is no change.
            }

            all.Add(items.ToJsonString());
        }

        var rows = await StoredRows.QueryAsync(Site.Collector, "select person, role from members where site = @Id order by person", new { Site.Id });
        return string.Join('\n', [.. all, .. rows.Select(row => $"{row["person"]} {row["role"]}")]);
    }

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Parameter();
}
