using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Collector.Feedback;
using Collector.Surveys;

namespace Collector.Sites;

/// <summary>A site to be made. What is left out takes its default.</summary>
public sealed record NewSite : SiteChange
{
    /// <summary>What people call it; 1 to 200 characters.</summary>
    [Required]
    public override string? Name { get; init; }
}

/// <summary>Settings of a site to be changed. What is left out stays as it is.</summary>
public record SiteChange
{
    /// <summary>What people call it; 1 to 200 characters.</summary>
    public virtual string? Name { get; init; }

    /// <summary>An IANA time zone such as <c>Europe/Amsterdam</c>, in which its days begin and end. Default <c>Etc/UTC</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The origins whose pages it takes responses from, such as <c>https://shop.example</c>; at most 100. None, the default, allows all.</summary>
    public IReadOnlyList<string>? AllowedOrigins { get; init; }

    /// <summary>
    /// The languages of its surveys, the default one first: 1 to 50 BCP 47 tags. Default <c>["nl", "en"]</c>. Standard texts are there in <c>nl</c>,
    /// <c>en</c>, <c>de</c> and <c>fr</c>; where a text lacks a language, another one is shown.
    /// </summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>With fewer answers, a figure says that they are not enough. 1 to 1,000,000; default 10.</summary>
    public int? MinimumAnswers { get; init; }

    /// <summary>How many days responses are kept, 1 to 36,500; default 730. Older ones are erased; their counts stay in the figures.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>So many touchpoints get figures of their own, 1 to 1,000,000; default 10,000. Past that, new pages count under <c>{other}</c>.</summary>
    public int? MaximumTouchpoints { get; init; }

    /// <summary>Whether path segments that are only an identifier become <c>{id}</c>. Default true. When it changes, stored responses follow in the background.</summary>
    public bool? CollapseIdentifiers { get; init; }

    /// <summary>Whether e-mail addresses, phone numbers and the like are taken out of free text before it is stored. Default true.</summary>
    public bool? ScrubText { get; init; }

    /// <summary>Whether standard questions that are taken into a survey from now on address Dutch visitors with "je" and not "u". Default false.</summary>
    public bool? Informal { get; init; }

    /// <summary>After a visitor answered or closed any survey of the site, none shows by itself for so many days; 0 to 3,650, default 0.</summary>
    public int? QuietDays { get; init; }

    /// <summary>Whether nothing shows by itself where the browser says Do Not Track or Global Privacy Control. Default true.</summary>
    public bool? RespectPrivacySignals { get; init; }

    /// <summary>How surveys look. It is replaced as a whole; <c>{}</c> is the default look.</summary>
    public Appearance? Appearance { get; init; }
}

/// <summary>A site and its settings.</summary>
public sealed record SiteAnswer
{
    /// <summary>Its name in routes.</summary>
    public required string Id { get; init; }

    /// <summary>Its public key, for the script tag.</summary>
    public required string SiteKey { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The IANA time zone in which its days begin and end.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The origins whose pages it takes responses from; all when empty.</summary>
    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    /// <summary>The languages of its surveys, the default one first.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>With fewer answers, a figure says that they are not enough.</summary>
    public required int MinimumAnswers { get; init; }

    /// <summary>How many days responses are kept.</summary>
    public required int RetentionDays { get; init; }

    /// <summary>So many touchpoints get figures of their own.</summary>
    public required int MaximumTouchpoints { get; init; }

    /// <summary>Whether path segments that are only an identifier become <c>{id}</c>.</summary>
    public required bool CollapseIdentifiers { get; init; }

    /// <summary>Whether personal data is taken out of free text before it is stored.</summary>
    public required bool ScrubText { get; init; }

    /// <summary>Whether standard questions address Dutch visitors with "je".</summary>
    public required bool Informal { get; init; }

    /// <summary>After a visitor answered or closed any survey of the site, none shows by itself for so many days.</summary>
    public required int QuietDays { get; init; }

    /// <summary>Whether nothing shows by itself where the browser says Do Not Track or Global Privacy Control.</summary>
    public required bool RespectPrivacySignals { get; init; }

    /// <summary>How surveys look.</summary>
    public required Appearance Appearance { get; init; }

    /// <summary>Where its pages find the widget.</summary>
    public required SiteWidget Widget { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    internal static SiteAnswer From(Site site) => new()
    {
        Id = site.Id,
        SiteKey = site.Key.Value,
        Name = site.Name,
        TimeZone = site.TimeZone.Id,
        AllowedOrigins = site.AllowedOrigins,
        Languages = site.Languages,
        MinimumAnswers = site.MinimumAnswers,
        RetentionDays = site.RetentionDays,
        MaximumTouchpoints = site.MaximumTouchpoints,
        CollapseIdentifiers = site.CollapseIdentifiers,
        ScrubText = site.ScrubText,
        Informal = site.Informal,
        QuietDays = site.QuietDays,
        RespectPrivacySignals = site.RespectPrivacySignals,
        Appearance = site.Appearance,
        Widget = new SiteWidget($"/{site.Key}.js", WidgetAlone.Path, WidgetAlone.Integrity),
        CreatedAt = site.CreatedAt,
    };

    /// <summary>The names of the settings in which two states of a site differ.</summary>
    internal static IEnumerable<string> ChangedFields(Site before, Site after)
    {
        var old = JsonSerializer.SerializeToNode(From(before), SitesJson.Default.SiteAnswer)!.AsObject();
        return JsonSerializer.SerializeToNode(From(after), SitesJson.Default.SiteAnswer)!.AsObject().Where(field => !JsonNode.DeepEquals(field.Value, old[field.Key])).Select(field => field.Key);
    }
}

/// <summary>Where a site's pages find the widget, on this collector: one of the two is enough.</summary>
/// <param name="Script">The widget with the site's settings inside, for the <c>src</c> of an <c>async</c> script tag. It is always the newest.</param>
/// <param name="Pinned">
/// The widget alone, which never changes under this name, for a tag with <c>integrity</c>, <c>crossorigin="anonymous"</c> and the site's key as <c>data-site</c>. Another
/// version of the collector has another one, and no longer this one.
/// </param>
/// <param name="Integrity">The hash of <paramref name="Pinned"/>, as the attribute <c>integrity</c> has it.</param>
public sealed record SiteWidget(string Script, string Pinned, string Integrity);

/// <summary>Sites, by id.</summary>
/// <param name="Items">This page of them.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record SiteList(IReadOnlyList<SiteAnswer> Items, string? Next);
