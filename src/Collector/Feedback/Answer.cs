using System.Globalization;

namespace Collector.Feedback;

/// <summary>What was given as an answer; nothing in it is checked.</summary>
/// <param name="Score">A score.</param>
/// <param name="Choice">A choice.</param>
/// <param name="Choices">Several choices.</param>
/// <param name="Text">A text.</param>
public readonly record struct GivenAnswer(int? Score, string? Choice, IReadOnlyList<string>? Choices, string? Text);

/// <summary>A visitor's answer to one question. It fits its question, and its text holds nothing that looks like personal data.</summary>
public sealed record Answer
{
    /// <summary>The most characters that a text may have.</summary>
    public const int LongestText = 5_000;

    private Answer(string question) => Question = question;

    /// <summary>The question's name.</summary>
    public string Question { get; }

    /// <summary>The score, raw, on the question's scale.</summary>
    public int? Score { get; private init; }

    /// <summary>The choice's name.</summary>
    public string? Choice { get; private init; }

    /// <summary>The names of several choices, in the survey's order.</summary>
    public IReadOnlyList<string>? Choices { get; private init; }

    /// <summary>The visitor's own words.</summary>
    public string? Text { get; private init; }

    /// <summary>Makes the answer, or adds to <paramref name="errors"/>, below <paramref name="pointer"/>, everything that does not fit the question.</summary>
    /// <param name="question">The question that is answered.</param>
    /// <param name="given">What was given.</param>
    /// <param name="scrub">Whether personal data is taken out of the text.</param>
    /// <param name="pointer">Where the answer stands in the request.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static Answer? Check(Question question, GivenAnswer given, bool scrub, string pointer, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(errors);
        var (score, choice, choices, text) = given;
        var before = errors.Count;
        switch (question.Type)
        {
            case QuestionType.Effort or QuestionType.Nps or QuestionType.Csat or QuestionType.Rating:
                var scale = question.Scale!;
                if (score is null)
                {
                    errors.Add($"{pointer}/score", $"'{question.Id}' is answered with a score.");
                }
                else if (!scale.Contains(score.Value))
                {
                    errors.Add($"{pointer}/score", string.Create(CultureInfo.InvariantCulture, $"'{question.Id}' takes a score from {scale.Min} to {scale.Max}."));
                }

                Refuse(choice, "choice");
                Refuse(choices, "choices");
                Refuse(text, "text");
                break;

            case QuestionType.Intent or QuestionType.Success or QuestionType.Choice:
                if (choice is null)
                {
                    errors.Add($"{pointer}/choice", $"'{question.Id}' is answered with a choice.");
                }
                else if (!IsThere(choice))
                {
                    errors.Add($"{pointer}/choice", OneOfThem());
                }
                else if (choice != Feedback.Choice.Other)
                {
                    Refuse(text, "text");
                }

                Refuse(score, "score");
                Refuse(choices, "choices");
                break;

            case QuestionType.Choices:
                if (choices is null or { Count: 0 })
                {
                    errors.Add($"{pointer}/choices", $"'{question.Id}' is answered with at least one choice, in choices.");
                }
                else
                {
                    for (var i = 0; i < choices.Count; i++)
                    {
                        if (!IsThere(choices[i]))
                        {
                            errors.Add(JsonPointer.To($"{pointer}/choices", i), OneOfThem());
                        }
                    }

                    if (choices.Distinct().Count() < choices.Count)
                    {
                        errors.Add($"{pointer}/choices", "Each choice at most once.");
                    }

                    if (!choices.Contains(Feedback.Choice.Other))
                    {
                        Refuse(text, "text");
                    }
                }

                Refuse(score, "score");
                Refuse(choice, "choice");
                break;

            case QuestionType.Comment:
                if (string.IsNullOrWhiteSpace(text))
                {
                    errors.Add($"{pointer}/text", $"'{question.Id}' is answered with a text.");
                }

                Refuse(score, "score");
                Refuse(choice, "choice");
                Refuse(choices, "choices");
                break;

            default:
                throw new InvalidOperationException($"No rule says what answers a question of type {question.Type}.");
        }

        // Characters as people and the API's document count them: an emoji is one, though it takes two units.
        if (text?.Length > LongestText && text.EnumerateRunes().Count() is > LongestText and var length)
        {
            errors.Add($"{pointer}/text", string.Create(CultureInfo.InvariantCulture, $"A text has at most {LongestText} characters; this one has {length}."));
        }

        return errors.Count > before
            ? null
            : new Answer(question.Id)
            {
                Score = score,
                Choice = choice,
                // In the survey's order, so that the same choices are the same answer.
                Choices = choices is null ? null : [.. question.Choices!.Select(candidate => candidate.Id).Where(choices.Contains)],
                Text = scrub && text is not null ? PersonalData.Scrub(text) : text,
            };

        bool IsThere(string? id) => question.Choices!.Any(candidate => candidate.Id == id);

        string OneOfThem() => $"'{question.Id}' takes one of: {string.Join(", ", question.Choices!.Select(candidate => candidate.Id))}.";

        void Refuse<T>(T? value, string member)
        {
            if (value is not null)
            {
                errors.Add($"{pointer}/{member}", $"'{question.Id}' takes no {member}.");
            }
        }
    }
}
