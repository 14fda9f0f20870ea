using System.Globalization;
using System.Reflection;
using System.Security.Claims;
using Collector.Dashboard.People;
using Collector.Sites;
using Microsoft.AspNetCore.Antiforgery;

namespace Collector.Dashboard.Shell;

/// <summary>Who looks at a page of the dashboard, on which site, in which language, and what they may do there.</summary>
public sealed class PageContext : IBindableFromHttpContext<PageContext>
{
    private readonly HttpContext context;

    private PageContext(HttpContext context)
    {
        this.context = context;
        Person = context.Features.Get<Person>();
        Site = context.Features.Get<Site>();
        Words = Words.In(Person?.Language ?? Words.LanguageOf(context.Request));
        Filters = Filters.Of(context.Request);
    }

    /// <summary>Who it is; null before signing in.</summary>
    public Person? Person { get; }

    /// <summary>The site that the page is about; null where it is about none.</summary>
    public Site? Site { get; }

    /// <summary>The language of the page.</summary>
    public Words Words { get; }

    /// <summary>The period and the filters.</summary>
    public Filters Filters { get; }

    /// <summary>How dates and numbers are written.</summary>
    public CultureInfo Culture => Words.Culture;

    /// <summary>The same as who calls a route.</summary>
    public ClaimsPrincipal Caller => context.User;

    /// <summary>Writes down what they do.</summary>
    internal Audit Audit => Audit.Of(context);

    /// <summary>The request.</summary>
    public HttpRequest Request => context.Request;

    /// <summary>The address that this collector was called by.</summary>
    public string Origin => $"{Request.Scheme}://{Request.Host}";

    /// <summary>Where the site's pages begin.</summary>
    public string SitePath => $"/sites/{Site!.Id}";

    /// <summary>What a form sends along to show that it is ours.</summary>
    public string FormToken => field ??= context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken!;

    /// <summary>Whether the person's role on this site has a scope.</summary>
    public bool May(string scope) => context.User.Has(scope);

    /// <summary>The page of whoever asks.</summary>
    public static PageContext Of(HttpContext context)
    {
        if (context.Features.Get<PageContext>() is { } known)
        {
            return known;
        }

        var page = new PageContext(context);
        context.Features.Set(page);
        return page;
    }

    /// <inheritdoc/>
    public static ValueTask<PageContext?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<PageContext?>(Of(context));
}
