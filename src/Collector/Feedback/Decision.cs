namespace Collector.Feedback;

/// <summary>A rule of a survey, and whether it holds.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Passed">Whether it holds.</param>
public sealed record RuleOutcome(string Rule, bool Passed);

/// <summary>What became of a survey's rules.</summary>
/// <param name="Survey">The survey's id.</param>
/// <param name="Rules">Each of its rules, in their order.</param>
public sealed record SurveyOutcome(string Survey, IReadOnlyList<RuleOutcome> Rules);

/// <summary>
/// Which survey shows by itself, and why: as the widget decides it on the page. The widget's code is another, in its own language; a test
/// holds the two together.
/// </summary>
/// <param name="Winner">The id of the survey that shows; null when none does.</param>
/// <param name="Surveys">The surveys in order of priority.</param>
public sealed record Decision(string? Winner, IReadOnlyList<SurveyOutcome> Surveys)
{
    /// <summary>Decides.</summary>
    public static Decision Of(IEnumerable<Survey> surveys, VisitorFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        List<SurveyOutcome> outcomes = [.. surveys
            .OrderByDescending(survey => survey.Priority).ThenBy(survey => survey.Id, StringComparer.Ordinal)
            .Select(survey => new SurveyOutcome(survey.Id, [.. Rules(survey, facts)]))];
        return new Decision(outcomes.Find(outcome => outcome.Rules.All(rule => rule.Passed))?.Survey, outcomes);
    }

    private static IEnumerable<RuleOutcome> Rules(Survey survey, VisitorFacts facts)
    {
        var (where, show, often) = (survey.Where ?? new Where(), survey.Show, survey.Often ?? new Often());
        yield return new("include", where.Include is null || where.Include.Any(pattern => Means(pattern, facts.Page)));
        yield return new("exclude", where.Exclude?.Any(pattern => Means(pattern, facts.Page)) != true);
        yield return new("devices", where.Devices is null || where.Devices.Contains(facts.Device));
        yield return new("languages", where.Languages is null || where.Languages.Contains(LanguageTag.Primary(facts.Language)));
        yield return new("tags", where.Tags is null || where.Tags.All(tag => facts.Tags.TryGetValue(tag.Key, out var value) && tag.Value.Contains(value)));
        yield return new("trigger", show.IsAutomatic);
        yield return new("pages", facts.PagesInVisit >= (show.Pages ?? 0));
        yield return new("share", facts.Roll < (often.Share ?? 1));
        yield return new("privacySignal", !facts.PrivacySignal);
        yield return new("visit", facts.ShownThisVisit.All(one => one == often.Alongside));
        yield return new("quietDaysAfterAnswer", IsOver(often.QuietDaysAfterAnswer, Since(facts.DaysSinceAnswer, survey)));
        yield return new("quietDaysAfterDismissal", IsOver(often.QuietDaysAfterDismissal, Since(facts.DaysSinceDismissal, survey)));
        yield return new(
            "siteQuietDays",
            facts.DaysSinceAnswer.Concat(facts.DaysSinceDismissal).All(days => days.Key == often.Alongside || days.Value >= facts.SiteQuietDays));
    }

    // Patterns of surveys were checked when these were made.
    private static bool Means(string pattern, Page page) => PagePattern.Read(pattern, "", new FieldErrors())?.Matches(page) == true;

    private static double? Since(IReadOnlyDictionary<string, double> days, Survey survey) => days.TryGetValue(survey.Id, out var since) ? since : null;

    private static bool IsOver(int? quietDays, double? days) => days is null || days >= (quietDays ?? 0);
}
