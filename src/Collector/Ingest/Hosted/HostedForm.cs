using System.Globalization;
using Collector.Feedback;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Collector.Ingest.Hosted;

/// <summary>What came back of a page's form. Nothing in it is checked yet.</summary>
internal sealed record HostedForm(IFormCollection Fields)
{
    private static readonly FormOptions Limits = new() { ValueCountLimit = 64, KeyLengthLimit = 100, ValueLengthLimit = RequestBody.Largest };

    /// <summary>The response's id.</summary>
    public Guid Id => Guid.TryParseExact(Fields["id"], "D", out var id) ? id : Guid.Empty;

    /// <summary>The signature of what the form took along.</summary>
    public string Token => Fields["token"].ToString();

    /// <summary>The version of the survey that the visitor sees.</summary>
    public int Version => int.TryParse(Fields["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <summary>The question that it answers.</summary>
    public string Question => Fields["question"].ToString();

    /// <summary>Whether the visitor goes back to the question before.</summary>
    public bool IsBack => Fields.ContainsKey("back");

    /// <summary>Whether the visitor passes over the question.</summary>
    public bool IsSkip => Fields.ContainsKey("skip");

    /// <summary>What stands in the field that no person can see.</summary>
    public string Website => Fields["website"].ToString();

    /// <summary>Reads a form as browsers send it.</summary>
    public static async Task<HostedForm> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || !(type.Charset.Length == 0 || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            throw new BadHttpRequestException("A form in UTF-8 is needed.", StatusCodes.Status415UnsupportedMediaType);
        }

        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = RequestBody.Largest;
        try
        {
            return new HostedForm(await request.ReadFormAsync(Limits, cancellation));
        }
        catch (InvalidDataException exception)
        {
            throw new BadHttpRequestException("The form could not be read.", StatusCodes.Status400BadRequest, exception);
        }
    }

    /// <summary>The answers to all questions once this form is taken: those that were given before, and its own.</summary>
    public Dictionary<string, GivenAnswer> Over(Dictionary<string, GivenAnswer> before, Question question)
    {
        var answers = new Dictionary<string, GivenAnswer>(before);
        if (AnswerTo(question) is { } given && (!IsBack || IsFit(question, given)))
        {
            answers[question.Id] = given;
        }
        else if (!IsBack)
        {
            answers.Remove(question.Id);
        }

        return answers;
    }

    /// <summary>The name of what is wrong with its answer, if something is. Who goes back may leave anything.</summary>
    public string? WrongIn(Question question) =>
        IsBack ? null
        : AnswerTo(question) is not { } given ? question.MayBePassed ? null : "choose"
        : IsFit(question, given) ? null
        : question.Type == QuestionType.Comment || given.Text?.Length > Answer.LongestText ? "tooLong"
        : "choose";

    private static bool IsFit(Question question, GivenAnswer given) => Answer.Check(question, given, scrub: false, "", new FieldErrors()) is not null;

    // None where the visitor gives none, or passes over the question.
    private GivenAnswer? AnswerTo(Question question)
    {
        var values = Fields["answer"].OfType<string>().Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var text = Text();
        if (IsSkip || (question.Type == QuestionType.Comment ? text is null : values.Count == 0))
        {
            return null;
        }

        // The field for the visitor's own words is there all the time where a browser cannot hide it.
        var own = question.Type == QuestionType.Comment || values.Contains(Choice.Other) ? text : null;
        return question.Type == QuestionType.Comment ? new GivenAnswer(null, null, null, own)
            : question.Type.HasScore() ? new GivenAnswer(ScoreOf(values[0]), null, null, null)
            : question.Type == QuestionType.Choices ? new GivenAnswer(null, null, values, own)
            : new GivenAnswer(null, values[0], null, own);
    }

    private static int? ScoreOf(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var score) ? score : null;

    // Forms write each line's end as two characters, and no database keeps NUL alike.
    private string? Text()
    {
        var text = Fields["text"].ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal).Trim();
        return text.Length == 0 ? null : text;
    }
}
