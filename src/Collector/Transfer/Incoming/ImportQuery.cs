using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Collector.Feedback;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Transfer.Incoming;

/// <summary>What is said of a file that is brought in, as it stands in the query. The API's document takes the descriptions from here.</summary>
internal sealed record ImportQuery
{
    private const string Column = "column.";

    [Description("`true`: the file is checked and nothing is stored; the answer is what an import would do.")]
    [FromQuery(Name = "dryRun"), AllowedValues("true", "false")]
    public string? DryRun { get; init; }

    [Description("What the import is called in the list, such as the file's name; at most 200 characters.")]
    [FromQuery(Name = "name"), StringLength(ImportName.Longest)]
    public string? Name { get; init; }

    [Description("The survey that was answered, where the records do not name one. Its questions say which scores and choices there are.")]
    [FromQuery(Name = "survey")]
    public string? Survey { get; init; }

    [Description("The URL of the page, or a channel as `channel:telephone`, where the records do not name one. A page that begins with a slash is below it.")]
    [FromQuery(Name = "page")]
    public string? Page { get; init; }

    [Description("Of CSV: whose export it is, `delighted`, `hotjar`, `qualtrics`, `formbricks`, or `feedback` for date, page, score, scale, comment. Without it and without `column.<field>`, columns are found by the names that `…/export` gives them.")]
    [FromQuery(Name = "map"), AllowedValues("delighted", "hotjar", "qualtrics", "formbricks", "feedback")]
    public string? Map { get; init; }

    [Description(
        "Of CSV: the scale on which the scores were given, such as `1-5`; `5-1` where the low end is easy. Needed for scores of a file from elsewhere, unless a column says it; NPS is always 0 to 10. It must be that of the survey's question: "
        + "scores of different scales are never mixed.")]
    [FromQuery(Name = "scale")]
    public string? Scale { get; init; }

    [Description("Of CSV: the order of day, month and year in dates that are not ISO 8601: `ymd` (the default), `dmy` or `mdy`. A time without an offset is of the site's time zone, and a day alone is its noon.")]
    [FromQuery(Name = "dates"), AllowedValues("ymd", "dmy", "mdy")]
    public string? Dates { get; init; }

    [Description(
        "Of CSV: the name of the column for a field: `column.answeredAt=Submitted`. Fields are `answeredAt`, `page`, `id`, `survey`, `surveyVersion`, `visit`, `state`, `device`, `language`, `referrer`, `pagesInVisit`, `secondsInVisit`, `tags`, `score` (the survey's first "
        + "question with a scale), `comment` (its first comment), `scale`, `answer.<question>`, `answer.<question>.text` and `tag.<name>`. It goes before what the `map` says.")]
    [FromQuery(Name = "column.<field>")]
    public string? Columns { get; init; }

    /// <summary>The query itself: which fields have columns is only known there.</summary>
    public required HttpRequest Request { get; init; }

    /// <summary>What was said of the records.</summary>
    public ImportWishes ToWishes() => new()
    {
        Map = Map,
        Survey = Survey,
        Page = Page,
        Scale = Scale,
        Dates = Dates,
        Columns = Request.Query.Where(parameter => parameter.Key.StartsWith(Column, StringComparison.Ordinal)).ToDictionary(parameter => parameter.Key[Column.Length..], parameter => parameter.Value.ToString(), StringComparer.Ordinal),
    };

    /// <summary>Whether nothing is to be stored, and what it is called; what is wrong is added to <paramref name="errors"/>.</summary>
    public (bool IsDry, string Name) Read(FieldErrors errors)
    {
        if (DryRun is not (null or "true" or "false"))
        {
            errors.AddMalformed("dryRun", "One of: true, false.");
        }

        if (Name is not null && ImportName.Read(Name) is null)
        {
            errors.AddMalformed("name", ImportName.Rule);
        }

        return (DryRun == "true", ImportName.Read(Name) ?? "");
    }
}

/// <summary>What an import is called.</summary>
internal static class ImportName
{
    /// <summary>The most characters.</summary>
    public const int Longest = 200;

    /// <summary>What it must be.</summary>
    public const string Rule = "1 to 200 characters, none of them a control character.";

    /// <summary>The name as it is kept; null where it is none.</summary>
    public static string? Read(string? text) => text?.Trim() is { Length: > 0 and <= Longest } name && !name.Any(char.IsControl) ? name : null;
}
