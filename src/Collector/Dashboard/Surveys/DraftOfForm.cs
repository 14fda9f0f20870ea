using System.Globalization;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;

namespace Collector.Dashboard.Surveys;

/// <summary>Makes of the editor's fields what the API takes. What cannot be read is added to <paramref name="errors"/>; all else its check finds.</summary>
internal sealed class DraftOfForm(SurveyForm form, Site site, FieldErrors errors)
{
    /// <summary>The survey as somebody wrote it.</summary>
    public SurveyChange Read() => new()
    {
        Priority = Whole("/priority"),
        Where = Where(),
        Show = new ShowRule
        {
            AfterSeconds = Whole("/show/afterSeconds"),
            Scroll = Whole("/show/scroll"),
            Exit = form.Has("/show/exit"),
            InactiveSeconds = Whole("/show/inactiveSeconds"),
            Click = Text("/show/click"),
            Success = Text("/show/success"),
            Failure = Text("/show/failure"),
            Event = Text("/show/event"),
            Tab = form.Has("/show/tab"),
            Inline = form.Has("/show/inline"),
            Pages = Whole("/show/pages"),
        },
        Often = new Often
        {
            Share = Share("/often/share"),
            QuietDaysAfterAnswer = Whole("/often/quietDaysAfterAnswer"),
            QuietDaysAfterDismissal = Whole("/often/quietDaysAfterDismissal"),
            PerDay = Whole("/often/perDay"),
            Alongside = Text("/often/alongside"),
        },
        Questions = [.. Items("/questions").Select(Question)],
        Labels = form.Members("/labels").GroupBy(member => member.Key.Split('/')[0], StringComparer.Ordinal)
            .ToDictionary(label => label.Key, label => (IReadOnlyDictionary<string, string>)label.ToDictionary(member => member.Key[(label.Key.Length + 1)..], member => member.Value), StringComparer.Ordinal),
    };

    private Where Where() => new()
    {
        Include = form.Lines("/where/include"),
        Exclude = form.Lines("/where/exclude"),
        Groups = [.. form.Members("/where/groups").Keys],
        Devices = [.. Enum.GetValues<Device>().Where(device => form.Has($"/where/devices/{device.ToString().ToLowerInvariant()}"))],
        Languages = List(form["/where/languages"]),
        Tags = Tags("/where/tags"),
    };

    private Dictionary<string, IReadOnlyList<string>> Tags(string pointer)
    {
        var tags = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var line in form.Lines(pointer))
        {
            var sign = line.IndexOf('=', StringComparison.Ordinal);
            if (sign < 0 || !tags.TryAdd(line[..sign].Trim(), List(line[(sign + 1)..])))
            {
                errors.AddMalformed(pointer, "Each line is a mark of its own: name = value, value.");
            }
        }

        return tags;
    }

    // A member that questions of this type do not have is not sent: the form may hold what another type had.
    private QuestionDraft Question(string at)
    {
        var type = Enum.TryParse<QuestionType>(form[$"{at}/type"], ignoreCase: true, out var known) ? known : (QuestionType?)null;
        return new QuestionDraft
        {
            Id = Text($"{at}/id"),
            Type = type,
            Text = form.Members($"{at}/text"),
            Scale = type is QuestionType.Effort or QuestionType.Rating ? Scale(at) : null,
            Low = type?.HasScore() == true ? form.Members($"{at}/low") : null,
            High = type?.HasScore() == true ? form.Members($"{at}/high") : null,
            Choices = type?.HasChoices() == true ? Choices(at) : null,
            Optional = form.Has($"{at}/optional") ? true : null,
            When = [.. Items($"{at}/when").Select(Condition).OfType<Condition>()],
        };
    }

    private ScaleDraft Scale(string at) => new()
    {
        Min = Whole($"{at}/scale/min"),
        Max = Whole($"{at}/scale/max"),
        Easy = form[$"{at}/scale/easy"] == "low" ? EasyEnd.Low : EasyEnd.High,
    };

    // A choice that has no name yet gets that of its text: people think of words, figures need a name that stays.
    private List<ChoiceDraft> Choices(string at)
    {
        var choices = new List<ChoiceDraft>();
        foreach (var place in Items($"{at}/choices"))
        {
            var text = form.Members($"{place}/text");
            var words = text.GetValueOrDefault(site.Languages[0], "");
            var id = Text($"{place}/id") ?? (Slug.Of(words) is { Length: > 0 } name ? name : string.Create(CultureInfo.InvariantCulture, $"choice-{choices.Count + 1}"));
            choices.Add(new ChoiceDraft { Id = id, Text = text });
            form[$"{place}/id"] = words.Length == 0 ? form[$"{place}/id"] : id;
        }

        return choices;
    }

    private Condition? Condition(string at)
    {
        var condition = ConditionText.Read(form[at]);
        if (condition is null)
        {
            errors.AddMalformed(at, "Choose an answer.");
        }

        return condition;
    }

    private IEnumerable<string> Items(string list) => Enumerable.Range(0, form.CountOf(list)).Select(i => JsonPointer.To(list, i));

    private string? Text(string pointer) => form[pointer].Trim() is { Length: > 0 } text ? text : null;

    private int? Whole(string pointer)
    {
        if (Text(pointer) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.AddMalformed(pointer, "A whole number.");
        return null;
    }

    private double? Share(string pointer)
    {
        if (Text(pointer) is not { } text)
        {
            return null;
        }

        // As people write it, with a comma too.
        if (double.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100)
        {
            return percent / 100;
        }

        errors.AddMalformed(pointer, "A number from 0 to 100.");
        return null;
    }

    private static string[] List(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
