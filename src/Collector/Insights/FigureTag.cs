using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Collector.Sites;
using Collector.Storage;
using Microsoft.Net.Http.Headers;

namespace Collector.Insights;

/// <summary>
/// The entity tag of a figure: a figure that is asked again and cannot have changed is answered by 304, without being made. It is made from all that a figure is made
/// from: the query, the day, what the caller may see, the site's settings, the program, and the version of the site's data, which every transaction raises that changes it.
/// </summary>
internal static class FigureTag
{
    private static readonly string Build = typeof(FigureTag).Module.ModuleVersionId.ToString();

    /// <summary>Gives the answers of these routes their tags.</summary>
    public static TBuilder WithFigureTag<TBuilder>(this TBuilder figures)
        where TBuilder : IEndpointConventionBuilder =>
        figures.AddEndpointFilter(AnswerAsync).WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // Before the figure is read: if the data changes meanwhile, the tag is that of older data, and the figure is made again the next time.
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var tag = await MakeAsync(context.HttpContext);
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            Tell();
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var result = await next(context);
        if ((result is INestedHttpResult nested ? nested.Result : result) is IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK })
        {
            Tell();
        }

        return result;

        void Tell()
        {
            response.GetTypedHeaders().ETag = tag;
            response.Headers.CacheControl = "private, no-cache";
        }
    }

    private static async Task<EntityTagHeaderValue> MakeAsync(HttpContext context)
    {
        var site = context.Features.Get<Site>()!;
        var (services, cancellation) = (context.RequestServices, context.RequestAborted);
        await using var connection = await services.GetRequiredService<Database>().ReadAsync(cancellation);
        var ledger = await Ledger.ReadAsync(connection, site.Id, cancellation);
        var today = site.DayOf(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var made = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {Build} {ledger.Version} {today:O} {site.MinimumAnswers} {site.TimeZone.Id} {site.RulesVersion} {string.Join(',', site.Languages)}
            {context.User.Has(Scopes.Responses)} {context.Request.Path}{context.Request.QueryString}
            """);
        return new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(made)).AsSpan(0, 16))}\"", isWeak: true);
    }
}
