using System.Globalization;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Surveys;

namespace Collector.Dashboard.Surveys;

/// <summary>Says in words what a survey is and does.</summary>
public static class SurveyWords
{
    /// <summary>What a question asks for.</summary>
    public static string NameOf(QuestionType type) => type switch
    {
        QuestionType.Effort => "Effort",
        QuestionType.Intent => "Purpose of the visit",
        QuestionType.Success => "Did it work out",
        QuestionType.Nps => "Recommendation (NPS)",
        QuestionType.Csat => "Satisfaction",
        QuestionType.Rating => "Score",
        QuestionType.Choice => "One choice",
        QuestionType.Choices => "Several choices",
        _ => "Comment",
    };

    /// <summary>A state, the class of its badge, and what it means.</summary>
    public static (string Name, string Class, string Means) Of(SurveyState state) => state switch
    {
        SurveyState.Live => ("Live", "good", "Visitors get it, where its rules say."),
        SurveyState.Paused => ("Paused", "hard", "Visitors do not get it for now."),
        SurveyState.Retired => ("Removed", "bad", "Nobody gets it any more; its answers stay."),
        _ => ("Draft", "", "No visitor has got it yet."),
    };

    /// <summary>Whom it is for, one line for each rule.</summary>
    /// <param name="where">The rules; null for none.</param>
    /// <param name="words">The reader's language.</param>
    /// <param name="groups">The names of groups, by id.</param>
    public static IEnumerable<string> Whom(Where? where, Words words, IReadOnlyDictionary<string, string> groups)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(groups);
        var pages = (where?.Include ?? []).Concat((where?.Groups ?? []).Select(group => words.Say("the group {0}", groups.GetValueOrDefault(group, group)))).ToList();
        yield return pages.Count == 0 ? words.Say("On every page") : words.Say("On {0}", Or(pages, words));
        if (where?.Exclude is { } exclude)
        {
            yield return words.Say("Not on {0}", Or(exclude, words));
        }

        if (where?.Devices is { } devices)
        {
            yield return words.Say("On a {0}", Or(devices.Select(device => words.Say(NameOf(device))), words));
        }

        if (where?.Languages is { } languages)
        {
            yield return words.Say("For visitors whose language is {0}", Or(languages, words));
        }

        foreach (var (name, values) in where?.Tags ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            yield return words.Say("Where the page says that {0} is {1}", name, Or(values, words));
        }
    }

    /// <summary>When it shows.</summary>
    public static IEnumerable<string> When(ShowRule show, Words words)
    {
        ArgumentNullException.ThrowIfNull(show);
        ArgumentNullException.ThrowIfNull(words);
        var occasions = Occasions(show, words).ToList();
        yield return occasions.Count == 0 ? words.Say("Only by its own address, or when the page asks for it") : UpperFirst(Or(occasions, words));
        if (show.Pages is > 1 and { } pages)
        {
            yield return words.Say("Not before page {0} of the visit", pages);
        }
    }

    /// <summary>How often it asks.</summary>
    public static IEnumerable<string> HowOften(Often? often, Words words)
    {
        ArgumentNullException.ThrowIfNull(words);
        yield return often?.Share is { } share ? words.Say("In {0} % of the visits", (share * 100).ToString("0.##", words.Culture)) : words.Say("In every visit");
        if (often?.QuietDaysAfterAnswer is { } afterAnswer)
        {
            yield return words.Say("After an answer, not again for {0} days", afterAnswer);
        }

        if (often?.QuietDaysAfterDismissal is { } afterDismissal)
        {
            yield return words.Say("After it was closed, not again for {0} days", afterDismissal);
        }

        if (often?.PerDay is { } perDay)
        {
            yield return words.Say("At most {0} answers a day", perDay.ToString("N0", words.Culture));
        }

        if (often?.Alongside is { } other)
        {
            yield return words.Say("Also in a visit that got {0}", other);
        }
    }

    /// <summary>A kind of device.</summary>
    public static string NameOf(Device device) => device switch
    {
        Device.Desktop => "desktop",
        Device.Tablet => "tablet",
        _ => "phone",
    };

    private static IEnumerable<string> Occasions(ShowRule show, Words words)
    {
        if (show.AfterSeconds is { } seconds)
        {
            yield return seconds == 0 ? words.Say("at once") : words.Say("after {0} s", seconds.ToString(CultureInfo.InvariantCulture));
        }

        if (show.Scroll is { } scroll)
        {
            yield return words.Say("at {0} % of the page", scroll);
        }

        if (show.Exit == true)
        {
            yield return words.Say("when the visitor is about to leave");
        }

        if (show.InactiveSeconds is { } inactive)
        {
            yield return words.Say("after {0} s without a move", inactive);
        }

        foreach (var (selector, text) in new[] { (show.Click, "when {0} is clicked"), (show.Success, "when {0} is sent"), (show.Failure, "when {0} fails"), (show.Event, "at the event {0}") })
        {
            if (selector is not null)
            {
                yield return words.Say(text, selector);
            }
        }

        if (show.Tab == true)
        {
            yield return words.Say("from the tab at the edge of the page");
        }

        if (show.Inline == true)
        {
            yield return words.Say("in the page itself");
        }
    }

    private static string Or(IEnumerable<string> items, Words words)
    {
        var all = items.ToList();
        return all.Count < 2 ? string.Concat(all) : words.Say("{0} or {1}", string.Join(", ", all[..^1]), all[^1]);
    }

    private static string UpperFirst(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
