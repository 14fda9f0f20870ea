using System.Text.Json;
using Collector.Feedback;
using Collector.Sites;

namespace Collector.Ingest;

/// <summary>What webhooks are told of a response whose visitor reached the end: all but what was written, which is looked up when the message is sent.</summary>
internal sealed record CompletedResponse
{
    public required string Site { get; init; }
    public required string Response { get; init; }
    public required string Touchpoint { get; init; }
    public required string Page { get; init; }
    public required string Survey { get; init; }
    public required long SurveyVersion { get; init; }
    public required long? Effort { get; init; }
    public required Scale? Scale { get; init; }
    public required string? Intent { get; init; }
    public required string? Success { get; init; }
    public required long? Nps { get; init; }
    public required long? Csat { get; init; }
    public required string? Device { get; init; }
    public required string? Language { get; init; }
    public required bool HasComment { get; init; }
    public required DateTimeOffset AnsweredAt { get; init; }
    public required string Sentence { get; init; }

    /// <summary>What each of the site's webhooks is to be told of it.</summary>
    public static IEnumerable<Report> Tell(Row row, string touchpoint, Site site)
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
