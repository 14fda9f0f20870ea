using System.Globalization;
using System.Text.RegularExpressions;
using Collector.Feedback;

namespace Collector.Transfer.Incoming;

/// <summary>Reads a scale as people write it: <c>1-5</c>, <c>1 to 5</c>, or <c>5-1</c> where the low end is easy; <c>5</c> alone is 1 to 5.</summary>
internal static partial class ScaleText
{
    public static Scale? Read(string text)
    {
        if (Ends().Match(text) is not { Success: true } ends)
        {
            return null;
        }

        var first = ends.Groups["first"].Success ? Number(ends.Groups["first"]) : 1;
        var last = Number(ends.Groups["last"]);

        // Who writes 10 alone may mean from 0 or from 1.
        return first == last || first > Scale.Highest || last > Scale.Highest || (last == Scale.Highest && !ends.Groups["first"].Success)
            ? null
            : new Scale(Math.Min(first, last), Math.Max(first, last), first < last ? EasyEnd.High : EasyEnd.Low);
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A\s*((?<first>\d{1,2})\s*(-|–|to|tot|/)\s*)?(?<last>\d{1,2})\s*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Ends();
}
