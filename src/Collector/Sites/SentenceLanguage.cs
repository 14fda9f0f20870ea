using System.Globalization;
using Collector.Feedback;

namespace Collector.Sites;

/// <summary>The language in which a figure or a message puts something into words: English or Dutch.</summary>
/// <param name="Tag">Its BCP 47 tag.</param>
internal sealed record SentenceLanguage(string Tag)
{
    private static readonly NumberFormatInfo DutchNumbers = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    /// <summary>Whether it is Dutch.</summary>
    public bool IsDutch => Tag == "nl";

    /// <summary>The language asked for, or else the first of the site's that it can be, or else English. The browser is not asked: one address gives one answer.</summary>
    public static SentenceLanguage Read(string? lang, Site site, FieldErrors errors)
    {
        if (lang is not (null or "en" or "nl"))
        {
            errors.AddMalformed("lang", "One of: en, nl.");
        }

        return lang is null ? Of(site.Languages) : new SentenceLanguage(lang);
    }

    /// <summary>The first of a site's that it can be, or else English.</summary>
    public static SentenceLanguage Of(IReadOnlyList<string> languages) =>
        new(languages.Select(LanguageTag.Primary).FirstOrDefault(language => language is "en" or "nl") ?? "en");

    /// <summary>One of two wordings; numbers in them are written as the language does.</summary>
    public string Say(FormattableString english, FormattableString dutch) =>
        IsDutch ? dutch.ToString(DutchNumbers) : english.ToString(CultureInfo.InvariantCulture);

    /// <summary>A share in whole percents.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * share, MidpointRounding.AwayFromZero):0} %");

    /// <summary>A touchpoint as it stands in a sentence.</summary>
    public string Name(string touchpoint) => touchpoint == Touchpoint.Other.Name ? Say($"other pages", $"overige pagina's") : touchpoint;
}
