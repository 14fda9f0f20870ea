using System.Text.Json;
using Collector.Feedback;
using Collector.Sites;

namespace Collector.Ingest;

/// <summary>A visitor reached the end of a survey: the data of <c>response.completed</c>. Told once; what later revisions change is not.</summary>
public sealed record CompletedResponse
{
    /// <summary>The site's id.</summary>
    public required string Site { get; init; }

    /// <summary>The response's id.</summary>
    public required string Response { get; init; }

    /// <summary>The touchpoint that the page belongs to.</summary>
    public required string Touchpoint { get; init; }

    /// <summary>The page.</summary>
    public required string Page { get; init; }

    /// <summary>The survey's name.</summary>
    public required string Survey { get; init; }

    /// <summary>The survey's version that the visitor saw.</summary>
    public required long SurveyVersion { get; init; }

    /// <summary>The effort score, raw.</summary>
    public required long? Effort { get; init; }

    /// <summary>The scale that it is on.</summary>
    public required Scale? Scale { get; init; }

    /// <summary>The intent: its own, or else that of its visit.</summary>
    public required string? Intent { get; init; }

    /// <summary>How it worked out: <c>yes</c>, <c>partly</c>, <c>no</c> or <c>busy</c>.</summary>
    public required string? Success { get; init; }

    /// <summary>The score of NPS, 0 to 10.</summary>
    public required long? Nps { get; init; }

    /// <summary>The score of satisfaction.</summary>
    public required long? Csat { get; init; }

    /// <summary>The kind of device.</summary>
    public required string? Device { get; init; }

    /// <summary>The language in which the survey was shown.</summary>
    public required string? Language { get; init; }

    /// <summary>Whether something was written.</summary>
    public required bool HasComment { get; init; }

    /// <summary>What was written, as it is stored when the message is sent: for webhooks with <c>comments</c> alone.</summary>
    public IReadOnlyList<WrittenAnswer>? Comments { get; init; }

    /// <summary>When it was answered.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>The same in words, in the site's language.</summary>
    public required string Sentence { get; init; }

    /// <summary>What each of the site's webhooks is to be told of it.</summary>
    internal static IEnumerable<Report> Tell(Row row, string touchpoint, Site site)
    {
        var data = JsonSerializer.Serialize(Of(row, touchpoint, SentenceLanguage.Of(site.Languages)), IngestJson.Default.CompletedResponse);
        return site.ReportsTo.Select(webhook => new Report(row.Counted.Site, webhook, EventTypes.ResponseCompleted, row.Counted.Id, data, row.ReceivedAt));
    }

    private static CompletedResponse Of(Row row, string touchpoint, SentenceLanguage language)
    {
        var told = row.Counted;
        var scale = told.Effort is null ? null : Scale.Parse(told.Scale);
        return new CompletedResponse
        {
            Site = told.Site,
            Response = told.Id,
            Touchpoint = touchpoint,
            Page = row.Page,
            Survey = told.Survey,
            SurveyVersion = row.SurveyVersion,
            Effort = told.Effort,
            Scale = scale,
            Intent = OrNull(told.Intent),
            Success = OrNull(told.Success),
            Nps = told.Nps,
            Csat = told.Csat,
            Device = OrNull(told.Device),
            Language = OrNull(told.Language),
            HasComment = Comment.IsIn(row),
            AnsweredAt = DateTimeOffset.FromUnixTimeMilliseconds(told.AnsweredAt),
            Sentence = SentenceOf(told, scale, language.Name(touchpoint), language),
        };
    }

    private static string SentenceOf(Counted told, Scale? scale, string place, SentenceLanguage language)
    {
        if (scale is null)
        {
            return language.Say($"A visitor of {place} answered the survey {told.Survey}", $"Een bezoeker van {place} heeft de vragenlijst {told.Survey} beantwoord");
        }

        var score = (int)told.Effort!.Value;
        return scale.Ease(score) switch
        {
            var ease when ease > scale.Midpoint => language.Say($"A visitor found {place} easy: {score} of {scale.Max}", $"Een bezoeker vond {place} makkelijk: {score} van {scale.Max}"),
            _ when told.IsDifficult => language.Say($"A visitor found {place} difficult: {score} of {scale.Max}", $"Een bezoeker vond {place} moeilijk: {score} van {scale.Max}"),
            _ => language.Say($"A visitor found {place} neither easy nor difficult: {score} of {scale.Max}", $"Een bezoeker vond {place} niet makkelijk en niet moeilijk: {score} van {scale.Max}"),
        };
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}

/// <summary>What a visitor wrote.</summary>
/// <param name="Question">In answer to which question.</param>
/// <param name="Text">The text.</param>
public sealed record WrittenAnswer(string Question, string Text);
