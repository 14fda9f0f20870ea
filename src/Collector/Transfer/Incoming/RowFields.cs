using System.Globalization;
using System.Text.Json;
using Collector.Feedback;
using Collector.Ingest;
using Collector.Sites;

namespace Collector.Transfer.Incoming;

/// <summary>What the cells of a row say, field by field. Errors are named by the column that they stand in.</summary>
internal sealed class RowFields(ImportForm form, List<string> cells, Site site, FieldErrors errors)
{
    private const string Answer = "answer.", AnswerText = ".text", Tag = "tag.";

    /// <summary>The questions of a survey that have columns, in the order of these.</summary>
    public static IEnumerable<(string Field, Question Question)> Answers(ImportForm form, Survey survey) =>
        from column in form.Columns
        orderby column.Value
        let question = column.Key switch
        {
            "score" => survey.Questions.FirstOrDefault(question => question.Scale is not null),
            "comment" => survey.Questions.FirstOrDefault(question => question.Type == QuestionType.Comment),
            _ => column.Key.StartsWith(Answer, StringComparison.Ordinal) ? survey.Find(column.Key[Answer.Length..]) : null,
        }
        where question is not null
        select (column.Key, question);

    /// <summary>Whether a question is asked on a scale; for other questions than of effort, which end is easy says nothing.</summary>
    public static bool IsOn(Scale scale, Question question) =>
        question.Scale is { } own && own.Min == scale.Min && own.Max == scale.Max && (question.Type != QuestionType.Effort || own.Easy == scale.Easy);

    /// <summary>The text of a field; null where it has no column or nothing stands there.</summary>
    public string? this[string field] =>
        form.Columns.TryGetValue(field, out var place) && place < cells.Count && cells[place].AsSpan().Trim().Length > 0 ? cells[place] : null;

    /// <summary>All of it, but for what has to be known of the site.</summary>
    public Submission Read(Survey? survey) => new()
    {
        Id = this["id"] is not { } id ? null : Guid.TryParseExact(id.Trim(), "D", out var own) ? own : RecordIds.OfName(site.Id, $"{form.Survey} {id.Trim()}"),
        Site = null,
        Survey = this["survey"]?.Trim(),
        SurveyVersion = survey?.Version,
        Visit = ReadVisit(),
        Page = this["page"]?.Trim(),
        Revision = null,
        State = ReadState(),
        Answers = survey is null ? null : [.. ReadAnswers(survey)],
        Language = this["language"]?.Trim().Replace('_', '-'),
        Device = ReadDevice(),
        Context = (this["referrer"] ?? this["pagesInVisit"] ?? this["secondsInVisit"]) is null ? null
            : new SubmittedContext { Referrer = this["referrer"], PagesInVisit = ReadNumber("pagesInVisit"), SecondsInVisit = ReadNumber("secondsInVisit") },
        Tags = ReadTags(),
        AnsweredAt = ReadTime(),
    };

    /// <summary>The whole number of a field; null where there is none.</summary>
    public int? ReadNumber(string field)
    {
        if (this[field] is not { } text)
        {
            return null;
        }

        // Some write whole numbers with a zero behind the point.
        if (decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue)
        {
            return (int)number;
        }

        Wrong(field, "Must be a whole number.");
        return null;
    }

    /// <summary>Names what is wrong by its column, as far as it stands in one.</summary>
    public Dictionary<string, string[]> Name(Survey? survey)
    {
        var answers = survey is null ? [] : Answers(form, survey).Where(answer => this[answer.Field] is not null).ToList();
        return errors.ToDictionary()
            .GroupBy(error => ColumnOf(error.Key), StringComparer.Ordinal)
            .ToDictionary(column => column.Key, column => column.SelectMany(error => error.Value).Distinct().ToArray(), StringComparer.Ordinal);

        string ColumnOf(string pointer)
        {
            var parts = pointer.Split('/');
            var field = parts is ["", "answers", var place, ..] && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < answers.Count ? answers[number].Field
                : parts is ["", var name] ? name
                : pointer;
            return form.ColumnOf(field) ?? pointer;
        }
    }

    private IEnumerable<SubmittedAnswer> ReadAnswers(Survey survey)
    {
        foreach (var (field, question) in Answers(form, survey))
        {
            if (this[field] is not { } text)
            {
                continue;
            }

            if (question.Scale is not null)
            {
                CheckScale(field, question);
            }

            var choices = question.Choices is null ? [] : text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            yield return new SubmittedAnswer
            {
                Question = question.Id,
                Score = question.Scale is null ? null : ReadNumber(field),
                Choice = question.Type is QuestionType.Intent or QuestionType.Success or QuestionType.Choice ? ChoiceOf(question, text.Trim()) : null,
                Choices = question.Type == QuestionType.Choices ? [.. choices.Select(choice => ChoiceOf(question, choice))] : null,
                Text = question.Type == QuestionType.Comment ? text : this[field + AnswerText],
            };
        }
    }

    // By its name, or by its words in any language.
    private static string ChoiceOf(Question question, string text) =>
        question.Choices!.FirstOrDefault(choice => choice.Id == text || choice.Text.Values.Contains(text, StringComparer.OrdinalIgnoreCase))?.Id ?? text;

    private void CheckScale(string field, Question question)
    {
        var told = form.ScaleOfAll;
        if (this["scale"] is { } text)
        {
            told = ScaleText.Read(text);
            if (told is null)
            {
                Wrong("scale", "Must be a scale such as 1-5.");
                return;
            }
        }
        else if (question.Type == QuestionType.Effort && this["scale.max"] is { } max)
        {
            told = ScaleText.Read(this["scale.easy"] == "low" ? $"{max}-{this["scale.min"]}" : $"{this["scale.min"]}-{max}");
        }

        if (told is not null && question.Type != QuestionType.Nps && !IsOn(told, question))
        {
            errors.Add($"/{field}", $"Was given on {told}, and '{question.Id}' is asked on {question.Scale}.");
        }
    }

    private DateTimeOffset? ReadTime()
    {
        if (this["answeredAt"] is not { } text)
        {
            return null;
        }

        var time = DateText.Read(text, form.Dates, site);
        if (time is null)
        {
            Wrong("answeredAt", "Must be a date, such as 2026-11-22 or 2026-11-22T09:30:00Z; where the day comes first, say dates=dmy.");
        }

        return time;
    }

    private Guid? ReadVisit()
    {
        if (this["visit"] is not { } text)
        {
            return null;
        }

        if (Guid.TryParseExact(text.Trim(), "D", out var visit))
        {
            return visit;
        }

        Wrong("visit", "Must be a UUID.");
        return null;
    }

    private ResponseState? ReadState()
    {
        switch (this["state"]?.Trim().ToLowerInvariant())
        {
            case null: return null;
            case "shown": return ResponseState.Shown;
            case "dismissed": return ResponseState.Dismissed;
            case "complete" or "completed" or "yes" or "true" or "1": return ResponseState.Complete;
            case "partial" or "no" or "false" or "0": return ResponseState.Partial;
            default:
                Wrong("state", "Must be shown, dismissed, partial or complete; or whether it was finished: yes or no.");
                return null;
        }
    }

    // What is no kind of device of ours says nothing that could be counted.
    private Device? ReadDevice() => this["device"]?.Trim().ToLowerInvariant() switch
    {
        "desktop" or "computer" => Device.Desktop,
        "mobile" or "phone" or "smartphone" => Device.Mobile,
        "tablet" => Device.Tablet,
        _ => null,
    };

    private Dictionary<string, string>? ReadTags()
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (this["tags"] is { } text)
        {
            try
            {
                tags = JsonSerializer.Deserialize(text, TransferJson.Default.DictionaryStringString) ?? tags;
            }
            catch (JsonException)
            {
                Wrong("tags", "Must be a JSON object of texts.");
            }
        }

        foreach (var field in form.Columns.Keys.Where(field => field.StartsWith(Tag, StringComparison.Ordinal)))
        {
            if (this[field] is { } value)
            {
                tags[field[Tag.Length..]] = value.Trim();
            }
        }

        return tags.Count == 0 ? null : tags;
    }

    private void Wrong(string field, string message) => errors.AddMalformed($"/{field}", message);
}
