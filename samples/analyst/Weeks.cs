using Collector.Client;
using Spectre.Console;

namespace Collector.Analyst;

/// <summary>The score of each week, drawn on its scale: the mean as a dot within its interval.</summary>
internal static class Weeks
{
    private const int Width = 40;

    public static async Task WriteAsync(CollectorClient collector, string site, DateOnly from)
    {
        var weeks = await collector.GetCesAsync(site, from: from, by: Breakdown.Week);
        if (weeks.Ces.Scale is not { } scale)
        {
            AnsiConsole.MarkupLine("No trend: nobody answered, or several surveys did, on scales that are not mixed.");
            return;
        }

        var table = new Table().Title("Week by week").Border(TableBorder.Rounded).AddColumns("Week", $"{scale.Min}{new string(' ', Width - 2)}{scale.Max}", "Mean", "n");
        foreach (var week in weeks.Breakdown!)
        {
            table.AddRow(week.Key!, Draw(week.Ces, scale), $"{week.Ces.Mean:0.00}", $"{week.Ces.Answers}");
        }

        AnsiConsole.Write(table);
    }

    private static string Draw(CesFigure figure, Scale scale)
    {
        var line = new string(' ', Width).ToCharArray();
        if (figure.MeanInterval is { } interval)
        {
            line.AsSpan(PlaceOf(interval.Low)..(PlaceOf(interval.High) + 1)).Fill('─');
        }

        if (figure.Mean is { } mean)
        {
            line[PlaceOf(mean)] = '●';
        }

        return new string(line);

        int PlaceOf(double score) => (int)Math.Round((score - scale.Min) / (scale.Max - scale.Min) * (Width - 1));
    }
}
