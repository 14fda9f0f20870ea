using System.Globalization;
using Collector.Insights;
using Microsoft.Extensions.Primitives;

namespace Collector.Dashboard.Shell;

/// <summary>The period and the filters that every page shares. They stand in the address, by the names that they have in the API.</summary>
public sealed class Filters
{
    private static readonly string[] Names = ["from", "to", "touchpoint", "group", "stage", "survey", "intent", "success", "device", "language"];

    // What every page keeps when one goes to another; which touchpoint is a page's own.
    private static readonly string[] Kept = [.. Names.Except(["touchpoint"])];

    private readonly HttpRequest request;
    private readonly Dictionary<string, string> given;

    private Filters(HttpRequest request, Dictionary<string, string> given) => (this.request, this.given) = (request, given);

    /// <summary>Those of an address. An empty one is none: so a form sends what is not chosen. Of two days, the earlier is the first: somebody chooses one field after the other.</summary>
    public static Filters Of(HttpRequest request)
    {
        var chosen = Names.Select(name => (Name: name, Value: request.Query[name].ToString()))
            .Concat(request.Query.Where(pair => pair.Key.StartsWith("tag.", StringComparison.Ordinal)).Select(pair => (Name: pair.Key, Value: pair.Value.ToString())))
            .Where(pair => pair.Value.Length > 0)
            .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        if (DayOf("from") is { } from && DayOf("to") is { } to && from > to)
        {
            (chosen["from"], chosen["to"]) = (chosen["to"], chosen["from"]);
        }

        return new Filters(request, chosen);

        DateOnly? DayOf(string name) => DateOnly.TryParseExact(chosen.GetValueOrDefault(name), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    /// <summary>The value of one; null when it is not there.</summary>
    public string? this[string name] => given.GetValueOrDefault(name);

    /// <summary>Whether any narrows the site down, other than the days.</summary>
    public bool Any => given.Keys.Any(name => name is not ("from" or "to"));

    /// <summary>The marks that are filtered by, as they stand in the address.</summary>
    public IEnumerable<KeyValuePair<string, string>> Tags => given.Where(pair => pair.Key.StartsWith("tag.", StringComparison.Ordinal));

    /// <summary>The same, as the figures take it.</summary>
    internal SelectionQuery Query => new()
    {
        From = this["from"],
        To = this["to"],
        Touchpoint = this["touchpoint"],
        Group = this["group"],
        Stage = this["stage"],
        Survey = this["survey"],
        Intent = this["intent"],
        Success = this["success"],
        Device = this["device"],
        Language = this["language"],
        Request = request,
    };

    /// <summary>The address of another page for the same days and filters.</summary>
    /// <param name="path">The page.</param>
    /// <param name="others">What is to be otherwise; null leaves a filter out.</param>
    public string Link(string path, params (string Name, string? Value)[] others) => Address(path, given.Where(pair => Kept.Contains(pair.Key) || pair.Key.StartsWith("tag.", StringComparison.Ordinal)), others);

    /// <summary>The API's path that gives a figure of this page.</summary>
    public string Api(string path, params (string Name, string? Value)[] others) => Address(path, given, others);

    private static string Address(string path, IEnumerable<KeyValuePair<string, string>> filters, (string Name, string? Value)[] others)
    {
        var all = filters
            .Where(pair => !others.Any(other => other.Name == pair.Key))
            .Concat(others.Where(other => other.Value is not null).Select(other => KeyValuePair.Create(other.Name, other.Value!)));
        return path + QueryString.Create(all.Select(pair => KeyValuePair.Create(pair.Key, new StringValues(pair.Value))));
    }
}
