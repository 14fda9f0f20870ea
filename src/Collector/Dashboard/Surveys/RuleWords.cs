using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;

namespace Collector.Dashboard.Surveys;

/// <summary>Says in words what a rule of a survey asks, and whether the visitor meets it.</summary>
internal sealed class RuleWords(SurveyAnswer survey, ExplainModel model, Words words)
{
    /// <summary>A rule in words.</summary>
    public string Of(RuleOutcome outcome) => (outcome.Rule, outcome.Passed) switch
    {
        ("live", true) => words.Say("It is live."),
        ("live", false) => words.Say("It is not live."),
        ("perDay", true) => words.Say("It has not had all the answers that it wants today."),
        ("perDay", false) => words.Say("It has had the {0} answers that it wants today.", survey.Often?.PerDay),
        ("include", true) => survey.Where is { Include: null, Groups: null } or null ? words.Say("It is for every page.") : words.Say("The page is one that it is for: {0}.", Pages),
        ("include", false) => words.Say("The page is none that it is for: {0}.", Pages),
        ("exclude", true) => words.Say("The page is not kept out."),
        ("exclude", false) => words.Say("The page is kept out: {0}.", Joined(survey.Where?.Exclude)),
        ("devices", true) => words.Say("It is for this device."),
        ("devices", false) => words.Say("It is for another device: {0}.", Joined(survey.Where?.Devices?.Select(device => words.Say(SurveyWords.NameOf(device))))),
        ("languages", true) => words.Say("It is for this language."),
        ("languages", false) => words.Say("It is for other languages: {0}.", Joined(survey.Where?.Languages)),
        ("tags", true) => words.Say("What the page says of the visit fits."),
        ("tags", false) => words.Say("The page does not say of the visit what it asks for: {0}.", Joined(survey.Where?.Tags?.Select(tag => $"{tag.Key} = {Joined(tag.Value)}"))),
        ("trigger", true) => words.Say("Something makes it show by itself."),
        ("trigger", false) => words.Say("Nothing makes it show by itself: visitors open it, or the page does."),
        ("pages", true) => words.Say("The visit has come far enough."),
        ("pages", false) => words.Say("It waits for page {0} of the visit.", survey.Show.Pages),
        ("share", true) => words.Say("The visit is among those that are asked."),
        ("share", false) => words.Say("The visit's lot does not lie below {0}.", ((survey.Often?.Share ?? 1) * 100).ToString("0.##", words.Culture)),
        ("privacySignal", true) => words.Say("The browser's wishes allow it."),
        ("privacySignal", false) => words.Say("The browser asks not to be followed, and the site heeds that."),
        ("visit", true) => words.Say("No other survey has shown in the visit."),
        ("visit", false) => words.Say("Another survey has shown in the visit."),
        ("quietDaysAfterAnswer", true) => words.Say("The visitor has not answered it lately."),
        ("quietDaysAfterAnswer", false) => words.Say("The visitor answered it less than {0} days ago.", survey.Often?.QuietDaysAfterAnswer),
        ("quietDaysAfterDismissal", true) => words.Say("The visitor has not closed it lately."),
        ("quietDaysAfterDismissal", false) => words.Say("The visitor closed it less than {0} days ago.", survey.Often?.QuietDaysAfterDismissal),
        ("siteQuietDays", true) => words.Say("The visitor may be asked again on this site."),
        ("siteQuietDays", false) => words.Say("The visitor answered or closed a survey of the site less than {0} days ago.", model.QuietDays),
        _ => outcome.Rule,
    };

    private string Pages => Joined((survey.Where?.Include ?? []).Concat((survey.Where?.Groups ?? []).Select(group => words.Say("the group {0}", model.Groups.GetValueOrDefault(group, group)))));

    private static string Joined(IEnumerable<string>? items) => string.Join(", ", items ?? []);
}
