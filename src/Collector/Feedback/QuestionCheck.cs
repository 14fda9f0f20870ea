using System.Globalization;

namespace Collector.Feedback;

/// <summary>Makes a question of a draft, or finds everything that is wrong with it.</summary>
internal sealed class QuestionCheck(string pointer, TextCheck texts, FieldErrors errors)
{
    private const int LongestText = 500, LongestEnd = 100, LongestChoice = 200, FewestChoices = 2, MostChoices = 20, MostConditions = 20;

    // Figures know these four, and leave those out who are still busy.
    private static readonly string[] Successes = ["yes", "partly", "no", "busy"];

    /// <summary>The question; null when something about it is wrong.</summary>
    /// <param name="draft">The question as somebody wrote it.</param>
    /// <param name="earlier">The questions before it.</param>
    public Question? Apply(QuestionDraft draft, IReadOnlyList<Question> earlier)
    {
        var before = errors.Count;
        if (draft.Id is null)
        {
            errors.AddMalformed($"{pointer}/id", "Is required.");
        }
        else if (!Names.AreLetters(draft.Id))
        {
            errors.Add($"{pointer}/id", string.Create(CultureInfo.InvariantCulture, $"1 to {Names.Longest} letters, digits, '_', '-' and '.'."));
        }
        else if (earlier.Any(question => question.Id == draft.Id))
        {
            errors.Add($"{pointer}/id", "Another question has this name.");
        }

        if (draft.Type is not { } type)
        {
            errors.AddMalformed($"{pointer}/type", "Is required.");
            return null;
        }

        if (type.IsFigure() && earlier.Any(question => question.Type == type))
        {
            errors.Add($"{pointer}/type", $"A survey has one question of type {type.ToString().ToLowerInvariant()}: the figures count one answer.");
        }

        var question = new Question
        {
            Id = draft.Id ?? "",
            Type = type,
            Text = texts.Required(draft.Text, $"{pointer}/text", LongestText),
            Scale = type.HasScore() ? CheckScale(draft.Scale, type) : Refused<Scale>(draft.Scale, "scale", type),
            Low = type.HasScore() ? texts.Required(draft.Low, $"{pointer}/low", LongestEnd) : Refused<IReadOnlyDictionary<string, string>>(draft.Low, "low", type),
            High = type.HasScore() ? texts.Required(draft.High, $"{pointer}/high", LongestEnd) : Refused<IReadOnlyDictionary<string, string>>(draft.High, "high", type),
            Choices = type.HasChoices() ? CheckChoices(draft.Choices, type) : Refused<IReadOnlyList<Choice>>(draft.Choices, "choices", type),
            Optional = draft.Optional,
            When = draft.When is null or { Count: 0 } ? null : CheckConditions(draft.When, earlier),
        };
        return errors.Count > before ? null : question;
    }

    private Scale CheckScale(ScaleDraft? draft, QuestionType type)
    {
        var standard = type switch
        {
            QuestionType.Effort => new Scale(1, 7, EasyEnd.High),
            QuestionType.Nps => new Scale(0, 10, EasyEnd.High),
            _ => new Scale(1, 5, EasyEnd.High),
        };
        var (min, max, easy) = (draft?.Min ?? standard.Min, draft?.Max ?? standard.Max, draft?.Easy ?? standard.Easy);
        if (min < Scale.Lowest || max > Scale.Highest || min >= max)
        {
            errors.Add($"{pointer}/scale", string.Create(CultureInfo.InvariantCulture, $"Whole numbers from {Scale.Lowest} to {Scale.Highest}, the lower one first."));
            return standard;
        }

        var scale = new Scale(min, max, easy);
        if (type is QuestionType.Nps or QuestionType.Csat && scale.ToString() != standard.ToString())
        {
            errors.Add($"{pointer}/scale", string.Create(CultureInfo.InvariantCulture, $"Always {standard.Min} to {standard.Max}, high is good; leave it out."));
        }

        return scale;
    }

    private List<Choice> CheckChoices(IReadOnlyList<ChoiceDraft?>? drafts, QuestionType type)
    {
        var choices = new List<Choice>();
        if (drafts is null)
        {
            errors.AddMalformed($"{pointer}/choices", "Is required.");
            return choices;
        }

        if (drafts.Count is < FewestChoices or > MostChoices)
        {
            errors.Add($"{pointer}/choices", string.Create(CultureInfo.InvariantCulture, $"{FewestChoices} to {MostChoices} choices."));
            return choices;
        }

        for (var i = 0; i < drafts.Count; i++)
        {
            var place = JsonPointer.To($"{pointer}/choices", i);
            var id = drafts[i]?.Id;
            if (!Names.AreLetters(id))
            {
                errors.Add($"{place}/id", string.Create(CultureInfo.InvariantCulture, $"1 to {Names.Longest} letters, digits, '_', '-' and '.'."));
            }
            else if (choices.Exists(choice => choice.Id == id))
            {
                errors.Add($"{place}/id", "Another choice has this name.");
            }
            else if (type == QuestionType.Success && !Successes.Contains(id))
            {
                errors.Add($"{place}/id", $"A success is one of: {string.Join(", ", Successes)}.");
            }

            choices.Add(new Choice(id ?? "", texts.Required(drafts[i]?.Text, $"{place}/text", LongestChoice)));
        }

        if (type == QuestionType.Success && !(choices.Exists(choice => choice.Id == "yes") && choices.Exists(choice => choice.Id == "no")))
        {
            errors.Add($"{pointer}/choices", "A success needs the choices yes and no.");
        }

        return choices;
    }

    private IReadOnlyList<Condition> CheckConditions(IReadOnlyList<Condition?> conditions, IReadOnlyList<Question> earlier)
    {
        if (conditions.Count > MostConditions)
        {
            errors.Add($"{pointer}/when", string.Create(CultureInfo.InvariantCulture, $"At most {MostConditions}."));
            return [];
        }

        for (var i = 0; i < conditions.Count; i++)
        {
            var place = JsonPointer.To($"{pointer}/when", i);
            if (conditions[i] is not { } condition)
            {
                errors.AddMalformed(place, "Must be a condition.");
                continue;
            }

            var given = (condition.Below is null ? 0 : 1) + (condition.Above is null ? 0 : 1) + (condition.Is is null ? 0 : 1) + (condition.Not is null ? 0 : 1);
            if (given != 1)
            {
                errors.Add(place, "Exactly one of below, above, is and not.");
            }
            else if (earlier.FirstOrDefault(question => question.Id == condition.Question) is not { } asked)
            {
                errors.Add($"{place}/question", "Must be the name of an earlier question.");
            }
            else if ((condition.Is ?? condition.Not) is { } choice && asked.Choices?.Any(candidate => candidate.Id == choice) != true)
            {
                errors.Add($"{place}/{(condition.Is is null ? "not" : "is")}", $"'{asked.Id}' has no such choice.");
            }
            else if ((condition.Below ?? condition.Above) is { } score
                && !(asked.Scale?.Contains(score) == true && score != (condition.Below is null ? asked.Scale.Max : asked.Scale.Min)))
            {
                errors.Add($"{place}/{(condition.Below is null ? "above" : "below")}", $"No score of '{asked.Id}' can lie there.");
            }
        }

        return [.. conditions.OfType<Condition>()];
    }

    private T? Refused<T>(object? given, string member, QuestionType type)
        where T : class
    {
        if (given is not null)
        {
            errors.Add($"{pointer}/{member}", $"A question of type {type.ToString().ToLowerInvariant()} has none.");
        }

        return null;
    }
}
