using Collector.Insights.Watch;
using Collector.Sites;
using Collector.Web;

namespace Collector.Insights;

/// <summary>What the routes of all figures share.</summary>
public static class FigureRoutes
{
    /// <summary>Adds what they are made with.</summary>
    public static void AddFigures(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Memberships>();
        builder.Services.AddSingleton<Selections>();
        builder.Services.AddSingleton<SettledTotals>();
        builder.Services.AddSingleton<Watching>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Watching>());
        builder.Services.AddSingleton(new WebhookEvent(EventTypes.GoalStatusChanged, typeof(GoalStatusChanged), "A goal came to stand otherwise"));
        builder.Services.AddSingleton(new WebhookEvent(EventTypes.PatternFound, typeof(PatternFound), "A pattern that was none before"));
        builder.Services.AddSingleton(new WebhookEvent(EventTypes.CesDropped, typeof(CesDropped), "It became harder, beyond chance"));
    }

    /// <summary>The group of figures of a site: the scope <c>read</c> is enough, for no figure shows free text to a key that has no more.</summary>
    public static RouteGroupBuilder MapFigures(this RouteGroupBuilder analysts) =>
        analysts.MapGroup("/v1/sites/{site}").WithTags("Figures").RequireAuthorization(Scopes.Read).WithFigureTag();
}
