using Collector.Dashboard.Shell;

namespace Collector.Dashboard.Settings;

/// <summary>What a page with a form shows.</summary>
public interface IFormModel
{
    /// <summary>What is wrong with what was sent, by field as the API names it.</summary>
    IReadOnlyDictionary<string, string[]> Errors { get; }
}

/// <summary>A page with a form.</summary>
public abstract class FormView<TModel> : View<TModel>
    where TModel : IFormModel
{
    /// <summary>What is wrong with a field, in the reader's language; null where nothing is.</summary>
    protected string? ErrorAt(string field) => Page.Words.SayErrors(Model.Errors, field);

    /// <summary>What is wrong with a field that holds one thing a line, and with its lines, which are named.</summary>
    protected string? ErrorAt(string field, IReadOnlyList<string> lines)
    {
        var wrong = lines.Select((line, i) => (line, Error: ErrorAt(FormattableString.Invariant($"{field}/{i}")))).Where(each => each.Error is not null).Select(each => $"{each.line}: {each.Error}");
        return string.Join(" ", new[] { ErrorAt(field) }.OfType<string>().Concat(wrong)) is { Length: > 0 } text ? text : null;
    }
}
