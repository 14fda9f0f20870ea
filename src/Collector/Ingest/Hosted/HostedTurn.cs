using System.Text.Json;
using Collector.Feedback;
using Collector.Sites;

namespace Collector.Ingest.Hosted;

/// <summary>What one form comes to.</summary>
/// <param name="Answers">The answers now, by question.</param>
/// <param name="Next">The name of the question to show; null at the end.</param>
/// <param name="State">How far the visitor came.</param>
internal sealed record HostedTurn(IReadOnlyDictionary<string, GivenAnswer> Answers, string? Next, ResponseState State)
{
    /// <summary>Lays a form's answer over what is stored, and goes on or back.</summary>
    public static HostedTurn Of(HostedForm form, Survey survey, StoredAnswers before)
    {
        var at = survey.PositionOf(form.Question);
        var given = form.Over(before.ByQuestion(), survey.Questions[at]);
        var asked = QuestionRoute.Asked(survey.Questions, given);
        var answers = asked.Where(question => given.ContainsKey(question.Id)).ToDictionary(question => question.Id, question => given[question.Id]);
        var next = form.IsBack
            ? asked.LastOrDefault(question => survey.PositionOf(question.Id) < at, survey.Questions[0])
            : asked.FirstOrDefault(question => survey.PositionOf(question.Id) > at);
        var state = next is null || before.IsComplete ? ResponseState.Complete // Who has been at the end, has been there.
            : answers.Count > 0 ? ResponseState.Partial
            : ResponseState.Shown;
        return new HostedTurn(answers, next?.Id, state);
    }

    /// <summary>The same as a widget would send it. A hosted survey is a visit of its own; on what device, nobody tells.</summary>
    public Submission Submission(HostedForm form, Survey survey, string page, Site site, string language) => new()
    {
        Id = form.Id,
        Site = site.Key.Value,
        Survey = survey.Id,
        SurveyVersion = survey.Version,
        Visit = form.Id,
        Page = page,
        Revision = 0,
        State = State,
        Answers = [.. Answers.Select(answer => new SubmittedAnswer
        {
            Question = answer.Key,
            Score = answer.Value.Score,
            Choice = answer.Value.Choice,
            Choices = answer.Value.Choices,
            Text = answer.Value.Text,
        })],
        Language = language,
        Website = form.Website,
    };
}

/// <summary>What is stored of a response so far.</summary>
internal sealed record StoredAnswers
{
    public static readonly StoredAnswers None = new() { Revision = -1, State = "", Answers = "[]" };

    public required int Revision { get; init; }

    /// <summary>How far the visitor came, in lower case, or <c>erased</c>.</summary>
    public required string State { get; init; }

    /// <summary>The answers, as JSON.</summary>
    public required string Answers { get; init; }

    public bool IsComplete => State == "complete";

    public bool IsErased => State == "erased";

    /// <summary>The answers by question.</summary>
    public Dictionary<string, GivenAnswer> ByQuestion() => JsonSerializer.Deserialize(Answers, IngestJson.Default.ListSubmittedAnswer)!
        .ToDictionary(answer => answer.Question!, answer => new GivenAnswer(answer.Score, answer.Choice, answer.Choices, answer.Text));
}
