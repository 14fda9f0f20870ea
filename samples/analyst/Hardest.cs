using Collector.Client;
using Spectre.Console;

namespace Collector.Analyst;

/// <summary>The touchpoints that cost most effort, as a table.</summary>
internal static class Hardest
{
    private const int Rows = 10;

    public static async Task WriteAsync(CollectorClient collector, string site, DateOnly from)
    {
        var table = new Table().Title($"Hardest since {from:yyyy-MM-dd}").Border(TableBorder.Rounded).AddColumns("Touchpoint", "Mean", "95 %", "n");
        table.Columns[1].RightAligned();
        table.Columns[3].RightAligned();
        await foreach (var touchpoint in collector.AllTouchpointsAsync(site, from: from, sort: TouchpointOrder.Ease))
        {
            // Too few answers say nothing yet, and would come first only by chance.
            if (!touchpoint.Ces.Enough)
            {
                continue;
            }

            // What stands in a name is a visitor's: it is shown, not obeyed.
            table.AddRow(
                Markup.Escape(touchpoint.Touchpoint),
                $"{touchpoint.Ces.Mean:0.00}",
                touchpoint.Ces.MeanInterval is { } interval ? $"{interval.Low:0.00}–{interval.High:0.00}" : "",
                $"{touchpoint.Ces.Answers}");
            if (table.Rows.Count == Rows)
            {
                break;
            }
        }

        if (table.Rows.Count == 0)
        {
            AnsiConsole.MarkupLine("No touchpoint has enough answers yet.");
            return;
        }

        AnsiConsole.Write(table);
    }
}
