using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Collector.Feedback;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Insights.Responses;

/// <summary>Which single responses are asked for, beside the filters of figures, as it stands in the query. Each of these leaves those alone in which a visitor wrote something.</summary>
internal sealed record ResponsesQuery
{
    [Description("`true`: only responses in which the visitor wrote something.")]
    [FromQuery(Name = "comments"), AllowedValues("true", "false")]
    public string? Comments { get; init; }

    [Description("Words that the visitor wrote, whatever their case and accents: each word, or one that begins with it, must be there; what stands between quotation marks as it stands. At most 200 characters and 10 words.")]
    [FromQuery(Name = "search")]
    public string? Search { get; init; }

    [Description("How it was found: `difficult`, `neither` or `easy`; or an effort score as it was given, such as `2`.")]
    [FromQuery(Name = "effort")]
    public string? Effort { get; init; }

    [Description("A label that was put on the response.")]
    [FromQuery(Name = "label")]
    public string? Label { get; init; }

    [Description("`yes`: only those that were handled; `no`: only those that were not.")]
    [FromQuery(Name = "handled"), AllowedValues("yes", "no")]
    public string? Handled { get; init; }
}

/// <summary>The same, checked.</summary>
internal sealed record ResponseFilter
{
    private const int HighestScore = 10;

    /// <summary>Whether only comments are asked for.</summary>
    public required bool IsOfComments { get; init; }

    /// <summary>What is looked for in them.</summary>
    public required SearchQuery? Search { get; init; }

    /// <summary>How it was found.</summary>
    public required string? Feel { get; init; }

    /// <summary>The score.</summary>
    public required int? Effort { get; init; }

    /// <summary>The label.</summary>
    public required string? Label { get; init; }

    /// <summary>Whether it was handled.</summary>
    public required bool? Handled { get; init; }

    /// <summary>Reads it; what is wrong is added to <paramref name="errors"/>.</summary>
    public static ResponseFilter Read(ResponsesQuery query, FieldErrors errors)
    {
        SearchQuery? search = null;
        if (query.Search is { } text && !SearchQuery.TryParse(text, out search))
        {
            errors.AddMalformed("search", "Holds no word to look for, or more than 200 characters or 10 words.");
        }

        var isFeel = query.Effort is "difficult" or "neither" or "easy";
        var score = 0;
        if (query.Effort is not null && !isFeel && !(int.TryParse(query.Effort, NumberStyles.None, CultureInfo.InvariantCulture, out score) && score <= HighestScore))
        {
            errors.AddMalformed("effort", "One of: difficult, neither, easy; or a score from 0 to 10.");
        }

        var label = query.Label is null ? null : ResponseLabel.Read(query.Label);
        if (query.Label is not null && label is null)
        {
            errors.AddMalformed("label", ResponseLabel.Rule);
        }

        return new ResponseFilter
        {
            IsOfComments = (query.Search ?? query.Effort ?? query.Label ?? query.Handled) is not null || ReadOne(query.Comments, "comments", "true", "false", errors) == true,
            Search = search,
            Feel = isFeel ? query.Effort : null,
            Effort = query.Effort is null || isFeel ? null : score,
            Label = label,
            Handled = ReadOne(query.Handled, "handled", "yes", "no", errors),
        };
    }

    private static bool? ReadOne(string? text, string field, string yes, string no, FieldErrors errors)
    {
        if (text is not null && text != yes && text != no)
        {
            errors.AddMalformed(field, $"One of: {yes}, {no}.");
        }

        return text is null ? null : text == yes;
    }
}
