using System.Globalization;
using System.Text.Json;
using Collector.Feedback;
using Dapper;

namespace Collector.Insights;

/// <summary>
/// The marks that visits must have (<c>tag.segment=business</c>). The cells do not hold them, for each would make as many cells as it has values: the same
/// counts are then made of the responses that have these marks.
/// </summary>
internal sealed class TagFilter
{
    /// <summary>What the names of all marks begin with in a query.</summary>
    public const string Family = "tag.";

    private const int MostTags = 20, LongestName = 40, LongestValue = 200;

    private readonly IReadOnlyList<string> members;

    private TagFilter(IReadOnlyList<string> members) => this.members = members;

    /// <summary>No mark is asked for.</summary>
    public static TagFilter None { get; } = new([]);

    /// <summary>A subselect of a cell for each response that has the marks; null where none are asked for.</summary>
    public string? Cells => members.Count == 0 ? null :
        $"""
        (select site, touchpoint, day, survey, scale, intent, success, device, language,
          {Count("shown", "1 = 1")}, {Count("dismissed", "state = 'dismissed'")}, {Count("answered", "answers <> '[]'")}, {Count("completed", "state = 'complete'")},
          {Count("told", "answers <> '[]' and success not in ('', 'busy')")}, {Count("worked", "answers <> '[]' and success = 'yes'")},
          case when suspect = '' then 0 else 1 end as suspect, {string.Join(", ", Enumerable.Range(Scale.Lowest, Scale.Highest - Scale.Lowest + 1).Select(score => Count($"effort_{score}", $"effort = {score}")))}
        from responses
        where site = @Site and day between @FromDay and @ToDay and state <> 'erased' and {Where})
        """;

    /// <summary>The condition on the table <c>responses</c>.</summary>
    public string Where => members.Count == 0
        ? "1 = 1"
        : string.Join(" and ", members.Select((_, i) => $"replace(tags, @Tag{i}, '') <> tags").Prepend("tags is not null"));

    /// <summary>A subselect of a cell for each score of a question (nps or csat) of the responses that have the marks; null where none are asked for.</summary>
    public string? ScoreCells(string question) => members.Count == 0 ? null :
        $"""
        (select site, touchpoint, day, survey, '{question}' as question, intent, success, device, language,
          {string.Join(", ", Enumerable.Range(Scale.Lowest, Scale.Highest - Scale.Lowest + 1).Select(score => $"case when {question} = {score} then 1 else 0 end as score_{score}"))}
        from responses
        where site = @Site and day between @FromDay and @ToDay and state <> 'erased' and suspect = '' and {question} is not null and {Where})
        """;

    /// <summary>Whether a visit may have both these marks and the other's: none has two values of one mark.</summary>
    public bool Meets(TagFilter other) => !members.Any(mark => other.members.Any(theirs => theirs != mark && NameIn(theirs) == NameIn(mark)));

    /// <summary>Reads the marks of a query; what is wrong with them is added to <paramref name="errors"/>.</summary>
    public static TagFilter Read(IQueryCollection query, FieldErrors errors)
    {
        var given = new List<string>();
        foreach (var (parameter, values) in query.Where(parameter => parameter.Key.StartsWith(Family, StringComparison.Ordinal)))
        {
            var (name, value) = (parameter[Family.Length..], values.ToString());
            if (!Names.AreLetters(name, LongestName) || value.Length > LongestValue || given.Count == MostTags)
            {
                errors.AddMalformed(parameter, string.Create(
                    CultureInfo.InvariantCulture,
                    $"At most {MostTags} marks, with a name of 1 to {LongestName} letters, digits, '_', '-' and '.', and a value of at most {LongestValue} characters."));
                continue;
            }

            // As it stands in the JSON of a response's tags, which is always written in the same way. There a quotation mark only ever begins or ends a
            // text, so that this stands nowhere else in it.
            given.Add($"\"{name}\":\"{JsonEncodedText.Encode(value)}\"");
        }

        return given.Count == 0 ? None : new TagFilter(given);
    }

    /// <summary>Adds the values that <see cref="Cells"/> names.</summary>
    public void AddTo(DynamicParameters parameters)
    {
        for (var i = 0; i < members.Count; i++)
        {
            parameters.Add(string.Create(CultureInfo.InvariantCulture, $"Tag{i}"), members[i]);
        }
    }

    // A name holds no quotation mark.
    private static string NameIn(string member) => member[..member.IndexOf('"', 1)];

    private static string Count(string column, string condition) => $"case when suspect = '' and {condition} then 1 else 0 end as {column}";
}
