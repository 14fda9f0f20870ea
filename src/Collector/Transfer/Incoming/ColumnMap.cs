using Collector.Feedback;

namespace Collector.Transfer.Incoming;

/// <summary>What somebody says of a file's records; nothing in it is checked.</summary>
internal sealed record ImportWishes
{
    public string? Map { get; init; }
    public string? Survey { get; init; }
    public string? Page { get; init; }
    public string? Scale { get; init; }
    public string? Dates { get; init; }

    /// <summary>The names of columns, by field.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();
}

/// <summary>Finds the column of each field: by the names that another tool gives them, by those that somebody told, or by our own.</summary>
internal static class ColumnMap
{
    private static readonly string[] Fields =
    [
        "id", "answeredAt", "page", "survey", "surveyVersion", "visit", "state", "device", "language", "referrer", "pagesInVisit", "secondsInVisit", "tags",
        "score", "comment", "scale", "scale.min", "scale.max", "scale.easy",
    ];

    /// <summary>Fields that a person may choose a column for, beside a survey's questions.</summary>
    public static IReadOnlyList<string> Common { get; } = ["answeredAt", "page", "score", "comment", "scale", "id", "state", "device", "language"];

    /// <summary>How the file is read; what is wrong is added to <paramref name="errors"/>.</summary>
    /// <param name="file">Its form as far as the file itself tells.</param>
    /// <param name="wishes">What was said of it.</param>
    /// <param name="survey">The survey that was named, if it is there.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static ImportForm Resolve(ImportForm file, ImportWishes wishes, Survey? survey, FieldErrors errors)
    {
        if (wishes.Survey is not null && survey is null)
        {
            errors.Add("survey", "The site has no such survey.");
        }

        if (wishes.Page is not null && !Page.TryParse(wishes.Page, out _) && !Page.TryParseChannel(Page.ChannelOf(wishes.Page), out _))
        {
            errors.AddMalformed("page", "Must be an http or https URL of at most 2,048 characters, or a channel such as channel:telephone.");
        }

        var form = file with { Survey = wishes.Survey, Page = wishes.Page };
        if (!file.IsCsv)
        {
            OnlyForCsv("map", wishes.Map);
            OnlyForCsv("scale", wishes.Scale);
            OnlyForCsv("dates", wishes.Dates);
            OnlyForCsv("column.<field>", wishes.Columns.Keys.FirstOrDefault());
            return form;
        }

        var known = KnownMap.Find(wishes.Map);
        if (wishes.Map is not null && known is null)
        {
            errors.AddMalformed("map", $"One of: {string.Join(", ", KnownMap.All.Select(map => map.Name))}.");
        }

        if (wishes.Dates is not null && !DateText.Orders.Contains(wishes.Dates))
        {
            errors.AddMalformed("dates", $"One of: {string.Join(", ", DateText.Orders)}.");
        }

        if (wishes.Scale is not null && ScaleText.Read(wishes.Scale) is null)
        {
            errors.AddMalformed("scale", "A scale such as 1-5; or 5-1, where the low end is easy.");
        }

        form = form with
        {
            Scale = wishes.Scale,
            Dates = wishes.Dates ?? "ymd",
            LinesOfHeader = known?.LinesOfHeader ?? 1,
            Columns = Find(file.Header, known, wishes.Columns, errors),
        };
        if (!errors.Any)
        {
            Require(form, survey, errors);
        }

        return form;

        void OnlyForCsv(string field, string? given)
        {
            if (given is not null)
            {
                errors.AddMalformed(field, "Only of CSV.");
            }
        }
    }

    private static Dictionary<string, int> Find(IReadOnlyList<string> header, KnownMap? known, IReadOnlyDictionary<string, string> told, FieldErrors errors)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (field, names) in known?.Columns ?? new Dictionary<string, string[]>())
        {
            if (names.Select(name => PlaceOf(header, name)).FirstOrDefault(place => place >= 0, -1) is >= 0 and var place)
            {
                columns[field] = place;
            }
        }

        foreach (var (place, name) in known is null && told.Count == 0 ? header.Index() : [])
        {
            if (IsField(name))
            {
                columns.TryAdd(name, place);
            }
        }

        foreach (var (field, name) in told)
        {
            if (!IsField(field))
            {
                errors.AddMalformed($"column.{field}", $"There is no such field. Known: {string.Join(", ", Fields)}, answer.<question>, answer.<question>.text, tag.<name>.");
            }
            else if (PlaceOf(header, name) is >= 0 and var place)
            {
                columns[field] = place;
            }
            else
            {
                errors.Add($"column.{field}", $"The file has no column of this name. It has: {string.Join(", ", header)}.");
            }
        }

        return columns;
    }

    // Without what a response cannot be without, every row would be refused for the same reason.
    private static void Require(ImportForm form, Survey? survey, FieldErrors errors)
    {
        if (!form.Columns.ContainsKey("answeredAt"))
        {
            errors.Add("column.answeredAt", "No column says when it was answered: name it.");
        }

        if (!form.Columns.ContainsKey("page") && form.Page is null)
        {
            errors.Add("page", "No column says on which page it was: name it by column.page, or give the page of all.");
        }

        if (!form.Columns.ContainsKey("survey") && form.Survey is null)
        {
            errors.Add("survey", "Say which survey was answered.");
        }

        if (survey is not null && !form.IsOurs)
        {
            RequireScale(form, survey, errors);
        }
    }

    // A score of 4 on 1 to 5 is another than one on 1 to 7, and nothing in the number tells.
    private static void RequireScale(ImportForm form, Survey survey, FieldErrors errors)
    {
        foreach (var question in survey.Questions.Where(question => question is { Scale: not null, Type: not QuestionType.Nps } && RowFields.Answers(form, survey).Any(answer => answer.Question == question)))
        {
            if (form.ScaleOfAll is { } told)
            {
                if (!RowFields.IsOn(told, question))
                {
                    errors.Add("scale", $"'{question.Id}' is asked on {question.Scale}. Scores of another scale are never mixed with these: they need a survey of their own with a question on {told}.");
                }
            }
            else if (!form.Columns.ContainsKey("scale"))
            {
                errors.Add("scale", $"Say on which scale the scores were given. '{question.Id}' is asked on {question.Scale}.");
            }
        }
    }

    private static bool IsField(string name) => Fields.Contains(name)
        || (name.StartsWith("answer.", StringComparison.Ordinal) && name.Length > "answer.".Length) || (name.StartsWith("tag.", StringComparison.Ordinal) && name.Length > "tag.".Length);

    private static int PlaceOf(IReadOnlyList<string> header, string name)
    {
        for (var place = 0; place < header.Count; place++)
        {
            if (header[place] == name)
            {
                return place;
            }
        }

        var plain = KnownMap.Plain(name);
        return plain.Length == 0 ? -1 : header.Select(KnownMap.Plain).ToList().IndexOf(plain);
    }
}
