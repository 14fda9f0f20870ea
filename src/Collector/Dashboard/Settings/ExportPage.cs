using Collector.Dashboard.Shell;
using Collector.Insights;
using Collector.Insights.Responses;
using Collector.Sites;
using Collector.Storage;
using Collector.Transfer;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Settings;

/// <summary>Takes responses out as a file.</summary>
internal static class ExportPage
{
    /// <summary>Maps the page, and the file that it leads to.</summary>
    public static void MapExportPage(this RouteGroupBuilder listeners)
    {
        listeners.MapGet("/settings/export", GetAsync);
        listeners.MapGet("/settings/export/file", FileAsync);
    }

    private static async Task<IResult> GetAsync(Site site, PageContext page, Selections selections, CancellationToken cancellation)
    {
        var selection = await selections.ReadAsync(page.Filters.Query, site, new(), cancellation);
        return HtmlPage.Of<ExportView, ExportModel>(page, page.Words.Say("Export"), new ExportModel(selection.From, selection.To));
    }

    private static async Task<IResult> FileAsync(
        Site site, PageContext page, [FromQuery(Name = "as")] string? form, Selections selections, Database database, Audit audit, CancellationToken cancellation)
    {
        // Where decimals have a comma, Excel splits at semicolons.
        var query = form switch
        {
            "excel" => new ExportQuery { Format = "csv", Bom = "true", Separator = page.Culture.NumberFormat.NumberDecimalSeparator == "," ? "semicolon" : "comma" },
            "ndjson" => new ExportQuery { Format = "ndjson" },
            _ => new ExportQuery { Format = "csv" },
        };
        var file = await ExportRoute.GetAsync(site, page.Filters.Query, new ResponsesQuery(), query, selections, database, audit, cancellation);
        return file.ErrorsOf().Count > 0 ? page.Refuse(file) : file.Result;
    }
}

/// <summary>The page.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public sealed record ExportModel(DateOnly From, DateOnly To);
