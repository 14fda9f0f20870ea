using System.Reflection;
using Collector.Feedback;

namespace Collector.Sites;

/// <summary>A website that is measured, and its settings.</summary>
public sealed record Site : IBindableFromHttpContext<Site>
{
    /// <summary>Its name in routes.</summary>
    public required string Id { get; init; }

    /// <summary>Its public key, in the script tag.</summary>
    public required SiteKey Key { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Where its days begin and end.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>The hosts whose pages it takes responses from, with their ports; any host when there are none.</summary>
    public required IReadOnlySet<string> AllowedHosts { get; init; }

    /// <summary>The allowed origins as they were given.</summary>
    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    /// <summary>The languages of its surveys; the first is the default.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>With fewer answers, a figure says that they are not enough.</summary>
    public required int MinimumAnswers { get; init; }

    /// <summary>How many days responses are kept.</summary>
    public required int RetentionDays { get; init; }

    /// <summary>So many touchpoints get figures of their own; later ones count together.</summary>
    public required int MaximumTouchpoints { get; init; }

    /// <summary>Whether path segments that are only an identifier become <c>{id}</c>.</summary>
    public required bool CollapseIdentifiers { get; init; }

    /// <summary>Whether personal data is taken out of free text before it is stored.</summary>
    public required bool ScrubText { get; init; }

    /// <summary>Whether standard texts address Dutch visitors with "je".</summary>
    public required bool Informal { get; init; }

    /// <summary>After a visitor answered or closed any of its surveys, none shows by itself for so many days.</summary>
    public required int QuietDays { get; init; }

    /// <summary>Whether nothing shows by itself where the browser says Do Not Track or Global Privacy Control.</summary>
    public required bool RespectPrivacySignals { get; init; }

    /// <summary>How its surveys look.</summary>
    public required Appearance Appearance { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its rules for touchpoints, in their order.</summary>
    public required IReadOnlyList<TouchpointRule> TouchpointRules { get; init; }

    /// <summary>The webhooks that are told of each completed response.</summary>
    public required IReadOnlyList<string> ReportsTo { get; init; }

    /// <summary>Counts each change of what makes touchpoints of pages: the rules, and whether identifiers collapse.</summary>
    public required int RulesVersion { get; init; }

    /// <summary>Whether responses from this page are taken.</summary>
    public bool Allows(Page page) => AllowedHosts.Count == 0 || page.IsChannel || AllowedHosts.Contains(page.Host);

    /// <summary>The site's day at a moment.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, TimeZone).DateTime);

    /// <summary>The first of the days whose responses are kept.</summary>
    public DateOnly FirstDayKept(DateTimeOffset now) => DayOf(now).AddDays(-RetentionDays);

    /// <summary>What the site makes of a page, and of the query that it came with.</summary>
    public Placement Place(Page page, ReadOnlySpan<char> query) => Placement.Of(page, query, TouchpointRules, CollapseIdentifiers);

    /// <summary>Hands a route the site that <see cref="SiteAccess"/> found for its caller.</summary>
    public static ValueTask<Site?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult(context.Features.Get<Site>());
}
