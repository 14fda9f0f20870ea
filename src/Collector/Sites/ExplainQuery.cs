using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Collector.Feedback;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Sites;

/// <summary>The visitor that is asked about, as it stands in the query. The API's document takes the descriptions from here.</summary>
internal sealed record ExplainQuery
{
    [Description("The page's URL.")]
    [FromQuery(Name = "page"), Required]
    public string? Page { get; init; }

    [Description("What the visitor looks at it with; `desktop` by default.")]
    [FromQuery(Name = "device"), AllowedValues("desktop", "mobile", "tablet")]
    public string? Device { get; init; }

    [Description("The visitor's language, as a BCP 47 tag; the site's default language by default.")]
    [FromQuery(Name = "language")]
    public string? Language { get; init; }

    [Description("A mark that the page gives its visits, by its name: `tag.segment=business`.")]
    [FromQuery(Name = "tag.<name>")]
    public string? Tag { get; init; }

    [Description("Pages of the visit so far, this one included; 1 by default.")]
    [FromQuery(Name = "pagesInVisit"), Range(1, 1_000_000)]
    public string? PagesInVisit { get; init; }

    [Description("What was rolled for the visit, from 0 to below 1: it is asked where this lies below a survey's share. 0 by default.")]
    [FromQuery(Name = "roll"), Range(0d, 1d, MaximumIsExclusive = true)]
    public string? Roll { get; init; }

    [Description("Whether the browser says Do Not Track or Global Privacy Control; `false` by default.")]
    [FromQuery(Name = "privacySignal"), AllowedValues("true", "false")]
    public string? PrivacySignal { get; init; }

    [Description("The survey that has shown in this visit, by its name; none by default.")]
    [FromQuery(Name = "shownThisVisit")]
    public string? ShownThisVisit { get; init; }

    [Description("Days since the visitor answered a survey, by its name: `daysSinceAnswer.checkout=12`. Never, when left out.")]
    [FromQuery(Name = "daysSinceAnswer.<survey>"), Range(0d, double.PositiveInfinity)]
    public string? DaysSinceAnswer { get; init; }

    [Description("Days since the visitor closed a survey without an answer, by its name. Never, when left out.")]
    [FromQuery(Name = "daysSinceDismissal.<survey>"), Range(0d, double.PositiveInfinity)]
    public string? DaysSinceDismissal { get; init; }

    /// <summary>What is known of the visitor; null when something in the query is wrong, which is added to <paramref name="errors"/>.</summary>
    public VisitorFacts? Read(Site site, IQueryCollection query, FieldErrors errors)
    {
        var answers = Days(query, "daysSinceAnswer.", errors);
        var dismissals = Days(query, "daysSinceDismissal.", errors);
        Feedback.Device? device = Device switch
        {
            null or "desktop" => Feedback.Device.Desktop,
            "mobile" => Feedback.Device.Mobile,
            "tablet" => Feedback.Device.Tablet,
            _ => null,
        };
        if (device is null)
        {
            errors.AddMalformed("device", "One of: desktop, mobile, tablet.");
        }

        if (Language is not null && !LanguageTag.IsOne(Language))
        {
            errors.AddMalformed("language", "Must be a BCP 47 tag, such as nl or pt-BR.");
        }

        if (!Feedback.Page.TryParse(Page ?? "", out var page))
        {
            errors.AddMalformed("page", "Must be an http or https URL of at most 2,048 characters.");
        }

        var pages = 1;
        if (PagesInVisit is not null && (!int.TryParse(PagesInVisit, NumberStyles.None, CultureInfo.InvariantCulture, out pages) || pages is < 1 or > 1_000_000))
        {
            errors.AddMalformed("pagesInVisit", "A whole number from 1 to 1000000.");
        }

        var roll = Number(Roll, "roll", errors) ?? 0;
        if (roll >= 1)
        {
            errors.AddMalformed("roll", "A number from 0 to below 1.");
        }

        if (PrivacySignal is not (null or "true" or "false"))
        {
            errors.AddMalformed("privacySignal", "One of: true, false.");
        }

        return errors.Any || page is null || device is null ? null : new VisitorFacts
        {
            Page = page,
            Device = device.Value,
            Language = Language ?? site.Languages[0],
            Tags = query.Where(entry => entry.Key.StartsWith("tag.", StringComparison.Ordinal)).ToDictionary(entry => entry.Key["tag.".Length..], entry => entry.Value.ToString()),
            PagesInVisit = pages,
            Roll = roll,
            PrivacySignal = PrivacySignal == "true" && site.RespectPrivacySignals,
            ShownThisVisit = ShownThisVisit is null ? [] : [ShownThisVisit],
            DaysSinceAnswer = answers,
            DaysSinceDismissal = dismissals,
            SiteQuietDays = site.QuietDays,
        };
    }

    private static Dictionary<string, double> Days(IQueryCollection query, string family, FieldErrors errors) => query
        .Where(entry => entry.Key.StartsWith(family, StringComparison.Ordinal))
        .ToDictionary(entry => entry.Key[family.Length..], entry => Number(entry.Value.ToString(), entry.Key, errors) ?? 0);

    private static double? Number(string? text, string field, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        errors.AddMalformed(field, "A number from 0, such as 12 or 0.5.");
        return null;
    }
}
