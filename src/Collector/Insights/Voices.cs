using System.Data.Common;
using System.Text.Json;
using Collector.Feedback;
using Collector.Sites;
using Collector.Surveys;
using Dapper;

namespace Collector.Insights;

/// <summary>
/// What those who found it difficult said of it: their choices and words at questions that are asked of people who found it difficult or did not succeed, and their other
/// comments. Counts do not hold that; it is read from the newest responses themselves.
/// </summary>
internal sealed class Voices
{
    private const int MostObstacles = 10, MostComments = 3;

    // For each touchpoint so many of the newest responses are looked at, so that a busy page costs no more than this.
    private const int MostResponses = 1_000;

    private readonly Dictionary<string, long> obstacles = new(StringComparer.Ordinal);
    private readonly List<string> comments = [];

    /// <summary>What was named, most-named first.</summary>
    public IReadOnlyList<Obstacle> Obstacles =>
    [
        .. obstacles
            .OrderByDescending(obstacle => obstacle.Value).ThenBy(obstacle => obstacle.Key, StringComparer.Ordinal)
            .Take(MostObstacles)
            .Select(obstacle => new Obstacle(obstacle.Key, obstacle.Value)),
    ];

    /// <summary>The newest comments, each once.</summary>
    public IReadOnlyList<string> Comments => comments;

    /// <summary>Reads what is to be heard in each of these cells.</summary>
    public static async Task<IReadOnlyDictionary<TestedCell, Voices>> ReadAsync(
        DbConnection connection, SurveyDirectory surveys, Selection selection, IReadOnlyList<TestedCell> cells, SentenceLanguage language, CancellationToken cancellation)
    {
        var voices = cells.ToDictionary(cell => cell, _ => new Voices());
        foreach (var cellsHere in cells.GroupBy(cell => cell.Number))
        {
            foreach (var response in await ReadAsync(connection, selection, cellsHere.Key, cancellation))
            {
                var heard = cellsHere.Where(cell => cell.Intent is null || cell.Intent == response.Intent).ToList();
                if (heard.Count > 0 && await surveys.FindAsync(selection.Site, response.Survey, response.SurveyVersion, cancellation) is { } survey)
                {
                    heard.ForEach(cell => voices[cell].Hear(response, survey, language));
                }
            }
        }

        return voices;
    }

    // The columns that a selection names in cells are there in responses by the same names.
    private static async Task<IEnumerable<AnsweredResponse>> ReadAsync(DbConnection connection, Selection selection, long? touchpoint, CancellationToken cancellation) =>
        await connection.QueryAsync<AnsweredResponse>(new CommandDefinition(
            $"""
            select cells.intent, cells.survey, cells.survey_version as SurveyVersion, cells.answers
            from responses cells
            where {selection.Where} {(touchpoint is { } number ? FormattableString.Invariant($"and cells.touchpoint = {number}") : "")}
              and cells.difficult = 1 and {selection.Tags.Where}
            order by cells.day desc, cells.answered_at desc, cells.id desc
            limit {MostResponses}
            """,
            selection.Parameters,
            cancellationToken: cancellation));

    private void Hear(AnsweredResponse response, Survey survey, SentenceLanguage language)
    {
        using var answers = JsonDocument.Parse(response.Answers);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answer in answers.RootElement.EnumerateArray())
        {
            if (survey.Find(answer.GetProperty("question").GetString()!) is not { } question)
            {
                continue;
            }

            var asksWhy = AsksWhy(question, survey);
            var text = answer.TryGetProperty("text", out var words) ? words.GetString() : null;
            if (asksWhy)
            {
                named.UnionWith(ChoicesIn(answer).Select(choice => NameOf(choice, question, language)));
                named.UnionWith(text is null ? [] : [Choice.Other]);
            }

            if (text is not null && (asksWhy || question.Type == QuestionType.Comment) && comments.Count < MostComments && !comments.Contains(text))
            {
                comments.Add(text);
            }
        }

        foreach (var name in named)
        {
            obstacles[name] = obstacles.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>Whether a question is one that people are asked because they found it difficult or did not succeed.</summary>
    private static bool AsksWhy(Question question, Survey survey) =>
        question.Type is QuestionType.Choice or QuestionType.Choices or QuestionType.Comment
        && question.When?.Any(condition => survey.Find(condition.Question)?.Type switch
        {
            QuestionType.Effort => condition.Below is not null,
            QuestionType.Success => condition.Not == "yes" || condition.Is is "no" or "partly",
            _ => false,
        }) == true;

    private static IEnumerable<string> ChoicesIn(JsonElement answer) =>
        answer.TryGetProperty("choice", out var choice) ? [choice.GetString()!]
        : answer.TryGetProperty("choices", out var choices) ? choices.EnumerateArray().Select(each => each.GetString()!)
        : [];

    private static string NameOf(string choice, Question question, SentenceLanguage language) => choice == Choice.Other
        ? choice
        : SurveyLanguage.In(question.Choices?.FirstOrDefault(known => known.Id == choice)?.Text, language.Tag) is { Length: > 0 } words ? words : choice;

    private sealed record AnsweredResponse
    {
        public required string Intent { get; init; }
        public required string Survey { get; init; }
        public required int SurveyVersion { get; init; }
        public required string Answers { get; init; }
    }
}
