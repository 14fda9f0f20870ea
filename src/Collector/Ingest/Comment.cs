using System.Text.Json;
using Collector.Feedback;
using Collector.Storage;

namespace Collector.Ingest;

/// <summary>What was written in a response, as it is searched: a row beside the response's own, as long as that says something in words and no bot seems to have given it.</summary>
/// <param name="Row">What is counted of the response: it holds what comments are filtered by.</param>
/// <param name="Words">What was written, as it is searched.</param>
internal sealed record Comment(Counted Row, string Words)
{
    // How a text that was written begins in the stored answers; within a text, the quotation mark would be written otherwise.
    private const string Text = "\"text\":";

    /// <summary>Inserts a comment, or replaces it where it stays in its place.</summary>
    public static readonly Statement<Comment> Upsert = new(
        """
        insert into comments (site, day, answered_at, id, touchpoint, survey, intent, success, device, language, effort, feel, words)
        values (@Site, @Day, @AnsweredAt, @Id, @Touchpoint, @Survey, @Intent, @Success, @Device, @Language, @Effort, @Feel, @Words)
        on conflict (site, day, answered_at, id) do update set touchpoint = excluded.touchpoint, survey = excluded.survey, intent = excluded.intent, success = excluded.success,
            device = excluded.device, language = excluded.language, effort = excluded.effort, feel = excluded.feel, words = excluded.words
        """,
        new("Site", comment => comment.Row.Site),
        new("Day", Number: comment => comment.Row.Day),
        new("AnsweredAt", Number: comment => comment.Row.AnsweredAt),
        new("Id", comment => comment.Row.Id),
        new("Touchpoint", Number: comment => comment.Row.Touchpoint),
        new("Survey", comment => comment.Row.Survey),
        new("Intent", comment => comment.Row.Intent),
        new("Success", comment => comment.Row.Success),
        new("Device", comment => comment.Row.Device),
        new("Language", comment => comment.Row.Language),
        new("Effort", Number: comment => comment.Row.Effort),
        new("Feel", comment => FeelOf(comment.Row)),
        new("Words", comment => comment.Words));

    /// <summary>Takes away what a response had, if it had one.</summary>
    public static readonly Statement<Counted> Delete = new(
        "delete from comments where site = @Site and day = @Day and answered_at = @AnsweredAt and id = @Id",
        new("Site", row => row.Site),
        new("Day", Number: row => row.Day),
        new("AnsweredAt", Number: row => row.AnsweredAt),
        new("Id", row => row.Id));

    /// <summary>Lets it follow its response to another touchpoint or intent.</summary>
    public static readonly Statement<Counted> Follow = new(
        "update comments set touchpoint = @Touchpoint, intent = @Intent where site = @Site and day = @Day and answered_at = @AnsweredAt and id = @Id",
        new("Touchpoint", Number: row => row.Touchpoint),
        new("Intent", row => row.Intent),
        new("Site", row => row.Site),
        new("Day", Number: row => row.Day),
        new("AnsweredAt", Number: row => row.AnsweredAt),
        new("Id", row => row.Id));

    /// <summary>Takes away the labels of a response.</summary>
    public static readonly Statement<Counted> DeleteLabels = new(
        "delete from response_labels where site = @Site and response = @Id", new("Site", row => row.Site), new("Id", row => row.Id));

    /// <summary>Takes away that a response was handled.</summary>
    public static readonly Statement<Counted> DeleteHandled = new(
        "delete from handled_responses where site = @Site and response = @Id", new("Site", row => row.Site), new("Id", row => row.Id));

    /// <summary>Whether a response has one.</summary>
    public static bool IsIn(Row row) => row is { Counted: { IsSuspect: false, IsErased: false } } && row.Answers.Contains(Text, StringComparison.Ordinal);

    /// <summary>That of a response that has one.</summary>
    public static Comment Of(Row row)
    {
        using var answers = JsonDocument.Parse(row.Answers);
        return new Comment(row.Counted, SearchText.Of(string.Join(" | ", answers.RootElement.EnumerateArray().Select(answer => answer.TryGetProperty("text", out var text) ? text.GetString() : null).OfType<string>())));
    }

    private static string FeelOf(Counted row) => row.Effort is not { } effort ? ""
        : Scale.Parse(row.Scale) is var scale && scale.IsDifficult((int)effort) ? "difficult"
        : scale.Ease((int)effort) > scale.Midpoint ? "easy"
        : "neither";
}
