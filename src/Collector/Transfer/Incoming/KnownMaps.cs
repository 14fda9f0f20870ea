namespace Collector.Transfer.Incoming;

/// <summary>Which columns the exports of other tools have for what a response holds. Names are compared without case, spaces and punctuation: "Created At" is <c>created_at</c>.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Title">What people call it.</param>
/// <param name="LinesOfHeader">How many rows stand before the first response.</param>
/// <param name="Columns">The names that a column may have, by field; the first that is there counts.</param>
internal sealed record KnownMap(string Name, string Title, int LinesOfHeader, IReadOnlyDictionary<string, string[]> Columns)
{
    /// <summary>All that are known.</summary>
    public static IReadOnlyList<KnownMap> All { get; } =
    [
        new("delighted", "Delighted", 1, new Dictionary<string, string[]>
        {
            ["id"] = ["Response ID", "ID"],
            ["answeredAt"] = ["Created At", "Response Created At", "Responded At", "Date"],
            ["page"] = ["Page", "Page URL", "Delighted Page", "Source URL"],
            ["score"] = ["Score"],
            ["comment"] = ["Comment"],
            ["language"] = ["Locale", "Language"],
        }),
        new("hotjar", "Hotjar", 1, new Dictionary<string, string[]>
        {
            ["answeredAt"] = ["Date Submitted"],
            ["page"] = ["Source URL"],
            ["device"] = ["Device"],
        }),

        // Below the names of its columns stand their questions, and below those their ids.
        new("qualtrics", "Qualtrics", 3, new Dictionary<string, string[]>
        {
            ["id"] = ["ResponseId", "ResponseID"],
            ["answeredAt"] = ["RecordedDate", "EndDate"],
            ["state"] = ["Finished"],
            ["page"] = ["URL", "Page", "Source", "Referer"],
            ["language"] = ["UserLanguage", "Q_Language"],
        }),
        new("formbricks", "Formbricks", 1, new Dictionary<string, string[]>
        {
            ["id"] = ["Response ID"],
            ["answeredAt"] = ["Timestamp"],
            ["state"] = ["Finished"],
            ["page"] = ["url"],
            ["device"] = ["userAgent - device"],
        }),
        new("feedback", "Date, page, score, scale, comment", 1, new Dictionary<string, string[]>
        {
            ["id"] = ["Id", "Reference"],
            ["answeredAt"] = ["Date", "Creation date", "Created", "Datum"],
            ["page"] = ["Page", "URL", "Path", "Pagina"],
            ["score"] = ["Score", "Rating", "Service satisfaction rating", "Cijfer"],
            ["scale"] = ["Scale", "Schaal"],
            ["comment"] = ["Comment", "Comments", "Improvement comments", "Details", "Feedback", "Toelichting"],
            ["language"] = ["Language", "Locale", "Taal"],
        }),
    ];

    /// <summary>The one of this name.</summary>
    public static KnownMap? Find(string? name) => All.FirstOrDefault(map => map.Name == name);

    /// <summary>A column's name, as names are compared.</summary>
    public static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
