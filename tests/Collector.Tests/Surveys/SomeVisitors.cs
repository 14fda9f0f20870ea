using System.Text.Json.Nodes;
using Collector.Feedback;

namespace Collector.Tests.Surveys;

/// <summary>Surveys and visitors by chance, but the same for the same seed. Of few values, so that rules hold as often as not.</summary>
internal sealed class SomeVisitors(int seed)
{
    private static readonly string[] Ids = ["a", "b", "c-1", "constructor", "z9"];
    private static readonly string[] TagNames = ["segment", "constructor", "toString"];
    private static readonly string[] TagValues = ["business", "private", "é"];
    private static readonly string[] Languages = ["nl", "nl-BE", "EN", "en-gb", "ckb"];
    private static readonly string[] Hosts = ["shop.example", "SHOP.example:443", "shop.example:8080", "bücher.example", "[::1]:80"];
    private static readonly string[] Segments = ["a", "b", "A", "%61", "%7e", "~", "é", "%c3%A9", "*", "**", "", "x%2fy", "100%", "^", "..", "a b", "%2E"];
    private static readonly string[] PatternHosts = ["", "", "", "shop.example", "shop.example:443", "bücher.example"];
    private static readonly string[] PatternSegments = ["a", "b", "*", "*", "**", "**", "é", "~", "x%2Fy"];
    private static readonly double[] Days = [0, 0.5, 6.99, 7, 29.5, 30, 400];

    private readonly Random random = new(seed);

    /// <summary>Up to six surveys, each of a name of its own.</summary>
    public IReadOnlyList<Survey> Surveys() => [.. Ids.OrderBy(_ => random.Next()).Take(random.Next(Ids.Length + 1)).Select(Survey)];

    /// <summary>A visitor, and the address of the page as a browser may have it.</summary>
    public (string Address, VisitorFacts Facts) Visitor()
    {
        while (true)
        {
            var address = $"https://{OneOf(Hosts)}/{string.Join('/', Some(Segments, 5))}{OneOf(["", "/", "?q=/a", "#a"])}";
            if (Page.TryParse(address, out var page))
            {
                return (address, Facts(page));
            }
        }
    }

    /// <summary>What is known of a visitor, as the widget has it.</summary>
    public static JsonObject Json(string address, VisitorFacts facts)
    {
        return new JsonObject
        {
            ["address"] = address,
            ["device"] = facts.Device.ToString().ToLowerInvariant(),
            ["language"] = facts.Language,
            ["tags"] = new JsonObject(facts.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
            ["pagesInVisit"] = facts.PagesInVisit,
            ["roll"] = facts.Roll,
            ["privacySignal"] = facts.PrivacySignal,
            ["shownThisVisit"] = new JsonArray([.. facts.ShownThisVisit.Select(id => (JsonNode)id)]),
            ["daysSinceAnswer"] = new JsonObject(facts.DaysSinceAnswer.Select(days => KeyValuePair.Create(days.Key, (JsonNode?)days.Value))),
            ["daysSinceDismissal"] = new JsonObject(facts.DaysSinceDismissal.Select(days => KeyValuePair.Create(days.Key, (JsonNode?)days.Value))),
            ["siteQuietDays"] = facts.SiteQuietDays,
        };
    }

    private VisitorFacts Facts(Page page) => new()
    {
        Page = page,
        Device = OneOf(Enum.GetValues<Device>()),
        Language = OneOf(Languages),
        Tags = Some(TagNames, 3).Distinct().ToDictionary(name => name, _ => OneOf(TagValues)),
        PagesInVisit = random.Next(1, 5),
        Roll = random.Next(4) / 4.0,
        PrivacySignal = Seldom(),
        ShownThisVisit = Seldom() ? Some(Ids, 2) : [],
        DaysSinceAnswer = Some(Ids, 2).Distinct().ToDictionary(id => id, _ => OneOf(Days)),
        DaysSinceDismissal = Some(Ids, 2).Distinct().ToDictionary(id => id, _ => OneOf(Days)),
        SiteQuietDays = Seldom() ? 7 : 0,
    };

    private Survey Survey(string id)
    {
        var errors = new FieldErrors();
        var where = new Where
        {
            Include = Seldom() ? Patterns(3) : null,
            Exclude = Seldom() ? Patterns(1) : null,
            Devices = Seldom() ? Some(Enum.GetValues<Device>(), 2) : null,
            Languages = Seldom() ? Some(["nl", "en", "ckb"], 2) : null,
            Tags = Seldom() ? Some(TagNames, 2).Distinct().ToDictionary(name => name, IReadOnlyList<string> (_) => [OneOf(TagValues), OneOf(TagValues)]) : null,
        }.Checked("", errors);
        var survey = new Survey
        {
            Id = id,
            Version = 1,
            Priority = random.Next(-1, 2),
            Where = where,
            Show = new ShowRule
            {
                AfterSeconds = Seldom() ? random.Next(2) : null,
                Scroll = Seldom() ? 50 : null,
                Exit = random.Next(3) switch { 0 => true, 1 => false, _ => null },
                InactiveSeconds = Seldom() ? 30 : null,
                Click = Seldom() ? "#a" : null,
                Success = Seldom() ? "form" : null,
                Failure = Seldom() ? "form" : null,
                Event = Seldom() ? "paid" : null,
                Tab = Seldom() ? true : null,
                Pages = Seldom() ? random.Next(1, 4) : null,
            }.Checked("", errors),
            Often = new Often
            {
                Share = Seldom() ? random.Next(5) / 4.0 : null,
                QuietDaysAfterAnswer = Seldom() ? 30 : null,
                QuietDaysAfterDismissal = Seldom() ? 7 : null,
                Alongside = Seldom() ? OneOf(Ids) : null,
            }.Checked("", errors),
            Questions = [],
            Labels = new Dictionary<string, IReadOnlyDictionary<string, string>>(),
        };
        Assert.False(errors.Any, string.Join(' ', errors.ToDictionary().Select(error => $"{error.Key}: {error.Value[0]}")));
        return survey;
    }

    private string[] Patterns(int most) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => $"{OneOf(PatternHosts)}/{string.Join('/', Some(PatternSegments, 4))}")];

    private T[] Some<T>(T[] values, int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => OneOf(values))];

    private T OneOf<T>(T[] values) => values[random.Next(values.Length)];

    private bool Seldom() => random.Next(5) == 0;
}
