using System.Globalization;

namespace Collector.Feedback;

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

    /// <summary>The visitor's own words.</summary>
    public string? Text { get; private init; }

    /// <summary>Makes the answer, or adds to <paramref name="errors"/>, below <paramref name="pointer"/>, everything that does not fit the question.</summary>
    /// <param name="question">The question that is answered.</param>
    /// <param name="score">The score given.</param>
    /// <param name="choice">The choice given.</param>
    /// <param name="text">The text given.</param>
    /// <param name="scrub">Whether personal data is taken out of the text.</param>
    /// <param name="pointer">Where the answer stands in the request.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static Answer? Check(Question question, int? score, string? choice, string? text, bool scrub, string pointer, FieldErrors errors)
    {
        var before = errors.Count;
        switch (question.Type)
        {
            case QuestionType.Effort:
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
                Refuse(text, "text");
                break;

            case QuestionType.Intent or QuestionType.Success:
                if (choice is null)
                {
                    errors.Add($"{pointer}/choice", $"'{question.Id}' is answered with a choice.");
                }
                else if (!question.Choices!.Any(candidate => candidate.Id == choice))
                {
                    errors.Add($"{pointer}/choice", $"'{question.Id}' takes one of: {string.Join(", ", question.Choices!.Select(candidate => candidate.Id))}.");
                }
                else if (choice != Feedback.Choice.Other)
                {
                    Refuse(text, "text");
                }

                Refuse(score, "score");
                break;

            case QuestionType.Comment:
                if (string.IsNullOrWhiteSpace(text))
                {
                    errors.Add($"{pointer}/text", $"'{question.Id}' is answered with a text.");
                }

                Refuse(score, "score");
                Refuse(choice, "choice");
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
            : new Answer(question.Id) { Score = score, Choice = choice, Text = scrub && text is not null ? PersonalData.Scrub(text) : text };

        void Refuse<T>(T? value, string member)
        {
            if (value is not null)
            {
                errors.Add($"{pointer}/{member}", $"'{question.Id}' takes no {member}.");
            }
        }
    }
}
