using System.Globalization;
using System.Text.RegularExpressions;
using Collector.Feedback;
using Collector.Tests.Reference;
using Span = Collector.Tests.Reference.PersonalText.Span;

namespace Collector.Tests.Feedback;

/// <summary>
/// How much of what is personal is found, and how much of what is found is personal, in two thousand comments that know nothing of how it is looked for (Reference/personal-data.py).
/// Each way of writing that is missed, and each thing that is taken for something else, stands in personal-data-known.txt: <c>COLLECTOR_SNAPSHOT=write</c> writes it anew.
/// </summary>
public sealed partial class PersonalDataMeasuredTests(ITestOutputHelper output)
{
    private static readonly string[] Kinds = ["email", "phone", "iban", "card", "bsn"];
    private static readonly string?[] Languages = ["nl", "en", "de", "fr", null];
    private static readonly string Known = Path.Combine(AppContext.BaseDirectory, "../../../Feedback/personal-data-known.txt");
    private static readonly IReadOnlyList<Reading> Readings = [.. PersonalText.All.Select(Reading.Of)];

    [Theory]
    [InlineData("email", 0.91, 0.99)]
    [InlineData("phone", 0.94, 0.85)]
    [InlineData("iban", 0.99, 0.99)]
    [InlineData("card", 0.99, 0.95)]
    [InlineData("bsn", 0.99, 0.85)]
    public void AsMuchIsFoundAsIsSaid(string kind, double recall, double precision)
    {
        foreach (var language in Languages)
        {
            var readings = Readings.Where(reading => language is null || reading.Comment.Language == language).ToList();
            var personal = readings.SelectMany(reading => reading.Personal).Where(personal => personal.Span.Kind == kind).ToList();
            var taken = readings.SelectMany(reading => reading.Taken).Where(taken => taken.Span.Kind == kind).ToList();
            var (found, right) = (personal.Count(each => each.IsGone), taken.Count(each => each.IsPersonal));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{kind} | {language ?? "all"} | {found} of {personal.Count} found: {(double)found / personal.Count:0.000} | {right} of {taken.Count} right: {(double)right / taken.Count:0.000}"));
            // A language has some dozen of a kind, of which one more or less says little.
            var slack = language is null ? 0 : 0.15;
            Assert.True(found >= (recall - slack) * personal.Count, $"{kind} in {language}: {found} of {personal.Count} found");
            Assert.True(right >= (precision - slack) * taken.Count, $"{kind} in {language}: {right} of {taken.Count} right");
        }
    }

    [Fact]
    public void EveryMissAndFalseAlarmIsKnown()
    {
        var wrong = Readings.SelectMany(reading => reading.Wrong).GroupBy(what => what, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal);
        string[] lines = [.. wrong.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} | {group.Count()}"))];
        if (Environment.GetEnvironmentVariable("COLLECTOR_SNAPSHOT") == "write")
        {
            File.WriteAllLines(Known, lines);
        }

        Assert.Equal(File.ReadAllLines(Known), lines);
    }

    [Fact]
    public void HalfOfTheCommentsHaveSomethingPersonalInEachLanguage()
    {
        Assert.All(PersonalText.All.GroupBy(comment => comment.Language), language =>
        {
            Assert.True(language.Count() >= 500);
            Assert.Equal(language.Count(), 2 * language.Count(comment => comment.Spans.Count > 0));
        });
        Assert.All(PersonalText.All.SelectMany(comment => comment.Spans), span => Assert.Contains(span.Kind, Kinds));
    }

    [GeneratedRegex(@"\[(?<kind>email|phone|iban|card|bsn)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Placeholder();

    /// <summary>A comment beside what is left of it.</summary>
    /// <param name="Personal">What is personal in it, and whether nothing of it is left.</param>
    /// <param name="Taken">What was taken out, and whether it was personal.</param>
    /// <param name="Wrong">What went wrong, by kind and by how it was written.</param>
    private sealed record Reading(PersonalText Comment, IReadOnlyList<(Span Span, bool IsGone)> Personal, IReadOnlyList<(Span Span, bool IsPersonal)> Taken, IReadOnlyList<string> Wrong)
    {
        public static Reading Of(PersonalText comment)
        {
            var taken = TakenOut(comment);
            var personal = comment.Spans.Select(span => (span, IsGone: taken.Any(each => each.Covers(span)))).ToList();
            return new Reading(comment, personal, [.. taken.Select(each => (each, comment.Spans.Any(each.Meets)))], [
                .. personal.Where(each => !each.IsGone).Select(each => $"missed | {each.span.Kind} | {each.span.Form}"),
                .. taken.Where(each => !comment.Spans.Any(each.Meets)).Select(each => $"false alarm | {each.Kind} | {comment.Likenesses.FirstOrDefault(each.Meets)?.Form ?? "words"}"),
                .. from each in taken from span in comment.Spans where each.Meets(span) && each.Kind != span.Kind select $"taken for another | {each.Kind} | {span.Kind}, {span.Form}",
                .. from each in taken
                   where comment.Spans.Any(each.Meets) && Enumerable.Range(each.Start, each.Length).Any(at => char.IsLetterOrDigit(comment.Text[at]) && !comment.Spans.Any(span => span.Start <= at && at < span.End))
                   select $"took too much | {each.Kind} | {comment.Spans.First(each.Meets).Form}",
            ]);
        }

        // The text tells what is left of it, not what was taken out; where that is just what is personal, there is nothing to guess.
        private static List<Span> TakenOut(PersonalText comment)
        {
            var scrubbed = PersonalData.Scrub(comment.Text);
            var expected = comment.Spans.Reverse().Aggregate(comment.Text, (text, span) => string.Concat(text.AsSpan(0, span.Start), $"[{span.Kind}]", text.AsSpan(span.End)));
            if (scrubbed == expected)
            {
                return [.. comment.Spans];
            }

            var kinds = Placeholder().Matches(scrubbed).Select(match => match.Groups["kind"].Value).ToList();
            var pattern = $"^{string.Join("(.+?)", Placeholder().Split(scrubbed).Where((_, part) => part % 2 == 0).Select(Regex.Escape))}$";
            var match = Regex.Match(comment.Text, pattern, RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
            Assert.True(match.Success, $"{comment.Text} became {scrubbed}");
            return [.. kinds.Select((kind, place) => new Span(kind, "", match.Groups[place + 1].Index, match.Groups[place + 1].Length))];
        }
    }
}
