using System.Globalization;
using Collector.Feedback;
using Collector.Sites;
using Collector.Surveys;

namespace Collector.Ingest;

/// <summary>Makes a checked response of what was sent, or finds everything in it that the site and the survey do not allow.</summary>
internal static class ResponseCheck
{
    /// <summary>What is said of a page of another host.</summary>
    public const string NotAllowed = "The site takes no responses from this host.";

    private const int MostTags = 20, LongestTagName = 40, LongestTagValue = 200;

    private static readonly string[] Pointers = [.. Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"/answers/{i}"))];

    // A visitor's clock may be wrong by years. Within this span it is believed, for answers that waited for a connection; but not where
    // the site would have erased the response by now.
    private static readonly TimeSpan Believed = TimeSpan.FromDays(7);

    /// <summary>The survey that was answered; null, with an error, where the site has none of this name and version, and null where none is named.</summary>
    public static async Task<Survey?> FindSurveyAsync(string? name, int? version, Site site, SurveyDirectory surveys, FieldErrors errors, CancellationToken cancellation)
    {
        if (name is null)
        {
            return null; // Named as an error of form already.
        }

        var survey = await surveys.FindAsync(site.Id, name, version, cancellation);
        if (survey is null)
        {
            var isThere = version is not null && await surveys.FindAsync(site.Id, name, null, cancellation) is not null;
            errors.Add(isThere ? "/surveyVersion" : "/survey", isThere ? "The survey has no such version." : "The site has no such survey.");
        }

        return survey;
    }

    /// <summary>
    /// The response; null when there are errors. What is not allowed is added to the errors of form that were found before; also
    /// when site or survey are unknown, for what can be said without them.
    /// </summary>
    public static Response? Check(Submission submission, bool byBot, Site? site, Survey? survey, DateTimeOffset now, FieldErrors errors)
    {
        var suspicion = !string.IsNullOrWhiteSpace(submission.Website) ? Suspicion.Honeypot : byBot ? Suspicion.Bot : Suspicion.None;
        var answeredAt = site is not null && submission.AnsweredAt is { } told && told <= now && told >= now - Believed && site.DayOf(told) >= site.FirstDayKept(now) ? told : now;
        return Check(submission, suspicion, answeredAt, site, survey, errors);
    }

    /// <summary>The same of one that comes from elsewhere, whose time is believed whenever it was, as long as the site would still have it.</summary>
    public static Response? CheckImported(Submission submission, Site site, Survey? survey, DateTimeOffset now, FieldErrors errors)
    {
        if (submission.AnsweredAt is not { } told)
        {
            errors.AddMalformed("/answeredAt", "Is required.");
        }
        else if (told > now)
        {
            errors.Add("/answeredAt", "Lies in the future.");
        }
        else if (site.DayOf(told) < site.FirstDayKept(now))
        {
            errors.Add("/answeredAt", string.Create(CultureInfo.InvariantCulture, $"Lies before the {site.RetentionDays} days for which the site keeps responses."));
        }

        var response = Check(submission, Suspicion.None, submission.AnsweredAt ?? now, site, survey, errors);
        if (response is not null && !site.Allows(response.Page))
        {
            errors.Add("/page", NotAllowed);
        }

        return errors.Any ? null : response;
    }

    private static Response? Check(Submission submission, Suspicion suspicion, DateTimeOffset answeredAt, Site? site, Survey? survey, FieldErrors errors)
    {
        IReadOnlyList<Answer> answers = site is null || survey is null ? [] : CheckAnswers(submission.Answers ?? [], survey, site.ScrubText, errors);
        CheckLanguage(submission.Language, errors);
        CheckTags(submission.Tags, errors);
        var page = submission.Channel is null ? CheckPage(submission.Page, errors) : CheckChannel(submission, errors);
        if (errors.Any || site is null || survey is null || page is null)
        {
            return null;
        }

        var placement = site.Place(page, Page.QueryOf(submission.Page ?? ""));
        return new Response
        {
            Id = submission.Id!.Value,
            Site = site.Id,
            Survey = survey,
            Page = placement.Page,
            Touchpoint = placement.Touchpoint,
            Revision = submission.Revision!.Value,
            State = submission.State!.Value,
            Answers = answers,
            Visit = submission.Visit,
            Language = submission.Language?.ToLowerInvariant(),
            Device = submission.Device,
            Context = submission.Context is { } context
                ? new VisitContext(Page.TryParse(context.Referrer ?? "", out var referrer) ? referrer.ToString() : null, context.PagesInVisit, context.SecondsInVisit)
                : null,
            Tags = submission.Tags,
            Suspicion = suspicion,
            AnsweredAt = answeredAt,
            Day = site.DayOf(answeredAt),
        };
    }

    /// <summary>The answers in the survey's order.</summary>
    private static IReadOnlyList<Answer> CheckAnswers(IReadOnlyList<SubmittedAnswer> submitted, Survey survey, bool scrub, FieldErrors errors)
    {
        var answers = new Answer?[survey.Questions.Count];
        var answered = new bool[answers.Length];
        for (var i = 0; i < submitted.Count; i++)
        {
            var given = submitted[i];
            if (given.Question is null)
            {
                continue; // Named as an error of form already.
            }

            var position = survey.PositionOf(given.Question);
            var pointer = PointerTo(i);
            if (position < 0)
            {
                errors.Add($"{pointer}/question", $"The survey '{survey.Id}' has no such question.");
            }
            else if (answered[position])
            {
                errors.Add($"{pointer}/question", "Answered more than once.");
            }
            else
            {
                answered[position] = true;
                answers[position] = Answer.Check(survey.Questions[position], new GivenAnswer(given.Score, given.Choice, given.Choices, given.Text), scrub, pointer, errors);
            }
        }

        return [.. answers.OfType<Answer>()];
    }

    private static string PointerTo(int answer) =>
        answer < Pointers.Length ? Pointers[answer] : string.Create(CultureInfo.InvariantCulture, $"/answers/{answer}");

    private static Page? CheckPage(string? text, FieldErrors errors)
    {
        if (text is null)
        {
            return null; // Named as an error of form already.
        }

        if (!Page.TryParse(text, out var page))
        {
            errors.Add("/page", "Must be an http or https URL of at most 2,048 characters.");
        }

        return page;
    }

    private static Page? CheckChannel(Submission submission, FieldErrors errors)
    {
        if (submission.Page is not null)
        {
            errors.Add("/channel", "Either a page or a channel, not both.");
        }

        if (!Page.TryParseChannel(submission.Channel, out var place))
        {
            errors.Add("/channel", "One to five parts with slashes between them, each of 1 to 40 lower-case letters, digits and hyphens: telephone, desk/amsterdam.");
        }

        return place;
    }

    private static void CheckLanguage(string? language, FieldErrors errors)
    {
        if (language is not null && !LanguageTag.IsOne(language))
        {
            errors.Add("/language", "Must be a BCP 47 tag, such as nl or pt-BR.");
        }
    }

    private static void CheckTags(IReadOnlyDictionary<string, string>? tags, FieldErrors errors)
    {
        if (tags is null)
        {
            return;
        }

        if (tags.Count > MostTags)
        {
            errors.Add("/tags", string.Create(CultureInfo.InvariantCulture, $"At most {MostTags} tags; these are {tags.Count}."));
        }

        foreach (var (name, value) in tags)
        {
            var pointer = $"/tags/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (name.Length is 0 or > LongestTagName || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.'))
            {
                errors.Add(pointer, string.Create(CultureInfo.InvariantCulture, $"A tag's name has 1 to {LongestTagName} letters, digits, '_', '-' and '.'."));
            }

            if (value.Length > LongestTagValue)
            {
                errors.Add(pointer, string.Create(CultureInfo.InvariantCulture, $"A tag's value has at most {LongestTagValue} characters."));
            }
        }
    }
}
