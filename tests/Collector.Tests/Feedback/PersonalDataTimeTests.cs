using System.Diagnostics;
using Collector.Feedback;
using Collector.Tests.Support;

namespace Collector.Tests.Feedback;

/// <summary>Hostile texts must not cost more than their length.</summary>
[Collection(nameof(Alone))]
public sealed class PersonalDataTimeTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("1")]
    [InlineData("1 ")]
    [InlineData("0 ")]
    [InlineData("12 ")]
    [InlineData("06 ")]
    [InlineData("+1 ")]
    [InlineData("(1 ")]
    [InlineData("06-12345678 ")]
    [InlineData("+1")]
    [InlineData("(+")]
    [InlineData("(1) ")]
    [InlineData("NL91 ")]
    [InlineData("NL9")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a.")]
    [InlineData("a@a.")]
    [InlineData("a@b.cc ")]
    [InlineData("a@b.c-")]
    [InlineData("a(at)")]
    [InlineData("a (at) b (dot) ")]
    [InlineData("a (")]
    [InlineData("tel0")]
    [InlineData("1/")]
    [InlineData("12345678901234567 ")]
    public void TimeGrowsWithTheTextAlone(string piece)
    {
        foreach (var end in new[] { "", "@", "@a.b" })
        {
            var time = TimeOf(Repeated(piece, 5_000) + end);
            // About 2 ms at worst in an optimised build; this one is not, and shares its machine.
            Assert.InRange(time, 0, 100);
            // Thirty-two times the text; if it were quadratic, it would take a thousand times as long. Between them there is room
            // for a machine that is busy with other things.
            Assert.InRange(TimeOf(Repeated(piece, 160_000) + end), 0, 250 * Math.Max(time, 0.2));
        }
    }

    private static string Repeated(string piece, int length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length));

    /// <summary>In milliseconds, the best of three, so that other work on the machine counts less.</summary>
    private static double TimeOf(string text) => Enumerable.Range(0, 3).Min(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        PersonalData.Scrub(text);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    });
}
