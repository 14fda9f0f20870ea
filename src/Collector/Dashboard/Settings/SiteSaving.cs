using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;

namespace Collector.Dashboard.Settings;

/// <summary>Saves settings of the site, as the API does, for the three pages that change them.</summary>
internal sealed class SiteSaving(Database database, SiteDirectory directory, WidgetFiles files, TimeProvider time)
{
    /// <summary>Saves them, unless something is wrong already; gives all that is.</summary>
    public async Task<IReadOnlyDictionary<string, string[]>> SaveAsync(Site site, SiteChange change, FieldErrors errors, Audit audit, CancellationToken cancellation)
    {
        if (errors.Any)
        {
            SiteCheck.Apply(change, site, errors);
            return errors.ToDictionary();
        }

        return (await SiteRoutes.ChangeAsync(site, change, database, directory, files, time, audit, cancellation)).ErrorsOf();
    }

    /// <summary>Says that they were saved, on the same page.</summary>
    public static IResult Saved(PageContext page) => Notice.ThenGo(page, page.Words.Say("Saved."), $"{page.Request.Path}{page.Request.QueryString}");
}
