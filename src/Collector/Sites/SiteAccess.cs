using Collector.Web;

namespace Collector.Sites;

/// <summary>Finds the site that a route of analysts is about, and lets only its own keys and the operator's through.</summary>
public static class SiteAccess
{
    /// <summary>For every route below <c>/v1/sites/{site}</c> and <c>/sites/{site}</c>: a site that is unknown and one that is somebody else's are both a 404.</summary>
    public static void UseSiteAccess(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.User.Identity is { IsAuthenticated: true } && context.Request.RouteValues["site"] is string id)
        {
            var site = IsSomebodyElses(context) ? null : await context.RequestServices.GetRequiredService<SiteDirectory>().FindAsync(id, context.RequestAborted);
            if (site is null)
            {
                await HideAsync(context);
                return;
            }

            context.Features.Set(site);
        }

        await next(context);
    });

    /// <summary>Hides the site of a route from a caller whose site it is not; false where it is theirs. That comes before the scopes that they lack.</summary>
    public static async Task<bool> TryHideAsync(HttpContext context)
    {
        if (!IsSomebodyElses(context))
        {
            return false;
        }

        await HideAsync(context);
        return true;
    }

    private static bool IsSomebodyElses(HttpContext context) =>
        context.Request.RouteValues["site"] is string id && context.User.Site() is { } own && own != id;

    private static Task HideAsync(HttpContext context)
    {
        var page = context.GetEndpoint()?.Metadata.GetMetadata<FailurePage>();
        return (page?.For(context, StatusCodes.Status404NotFound) ?? Problems.NotFound("There is no such site.")).ExecuteAsync(context);
    }

    /// <summary>Adds keys, their scopes, and the directory of sites.</summary>
    public static void AddSites(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SiteDirectory>();
        builder.Services.AddSingleton<SurveyChanges>();
        builder.Services.AddSingleton<SiteRemoval>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SiteRemoval>());
        builder.Services.AddSingleton<KeyUses>();
        builder.Services.AddHostedService(services => services.GetRequiredService<KeyUses>());
        builder.Services.AddOptions<OperatorSettings>().BindConfiguration("Collector");

        // The core alone: all of AddAuthentication would write a key ring for cookies, which there are none of, to the disk.
        builder.Services.AddWebEncoders();
        // No scheme is the default, so that the routes of visitors, who have no key, do not pay for looking for one.
        builder.Services.AddAuthenticationCore(options => options.AddScheme<ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, displayName: null));
        builder.Services.AddAuthorization(Scopes.AddTo);
    }
}
