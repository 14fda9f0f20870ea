using Collector.Dashboard.Shell;
using Collector.Sites;

namespace Collector.Dashboard.Settings;

/// <summary>A site's settings. What makes sense of its pages is the analysts', all else the owners'.</summary>
internal static class SettingsRoutes
{
    /// <summary>Maps the pages for who may change groups and rules. For analysts, the settings begin with these.</summary>
    public static void MapSettings(this RouteGroupBuilder analysts)
    {
        analysts.MapGet("/settings", (Site site, PageContext page) => page.May(Scopes.Admin) ? GeneralRoute.Get(site, page) : TypedResults.LocalRedirect($"{page.SitePath}/settings/groups"));
        analysts.MapGroupPages();
        analysts.MapRulePages();
        analysts.MapWebhookPages();
        analysts.MapImportPages();
    }

    /// <summary>Maps the pages for who may change the site itself.</summary>
    public static void MapSiteSettings(this RouteGroupBuilder owners)
    {
        owners.MapGeneral();
        owners.MapLook();
        owners.MapPrivacy();
        owners.MapKeyPages();
        owners.MapPeoplePages();
        owners.MapTrail();
    }
}
