using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Collector.Feedback;
using Collector.Insights;
using Collector.Insights.Responses;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Transfer;

/// <summary>Takes all responses of a selection out.</summary>
public static class ExportRoute
{
    private const string Csv = "text/csv; charset=utf-8", Ndjson = "application/x-ndjson";

    /// <summary>Maps the route.</summary>
    public static void MapExport(this RouteGroupBuilder analysts) => analysts.MapGet("/v1/sites/{site}/export", GetAsync)
        .RequireAuthorization(Scopes.Responses).WithTags("Transfer")
        .WithName("ExportResponses").WithSummary("All responses of a selection, as CSV or NDJSON").WithProblems(400, 404)
        .Produces<string>(StatusCodes.Status200OK, "text/csv", Ndjson);

    /// <summary>
    /// Streams all responses of a selection, oldest first, however many. What a bot seems to have given is left out, as it is of the figures. An export that ends before its time ends the connection: a file that
    /// came whole is whole. As NDJSON, each line is an item of <c>…/responses</c>, and can be brought in again by <c>…/import</c>. As CSV, the columns are the same whatever the rows hold: those that every response has, named as in
    /// JSON (<c>scale.min</c>), and <c>answer.&lt;question&gt;</c> for each question that the site's surveys have ever asked: its score, choice, choices (with <c>;</c> between them) or text, with
    /// <c>answer.&lt;question&gt;.text</c> for the words beside the choice <c>other</c>. Days are as 2026-11-22, moments in UTC. A text that a spreadsheet would take for a formula has an apostrophe in front.
    /// Each export leaves an entry in the audit trail.
    /// </summary>
    internal static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> GetAsync(
        Site site,
        [AsParameters] SelectionQuery query,
        [AsParameters] ResponsesQuery wanted,
        [AsParameters] ExportQuery asked,
        Selections selections,
        Database database,
        Audit audit,
        CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var selection = await selections.ReadAsync(query, site, errors, cancellation);
        var filter = ResponseFilter.Read(wanted, errors);
        var form = ExportForm.Read(asked, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        // First, so that nobody takes out what people wrote without an entry.
        await database.WriteAsync(
            async transaction =>
            {
                await audit.WriteAsync(transaction, site.Id, Act.CommentsExported, $"{selection.From:yyyy-MM-dd} – {selection.To:yyyy-MM-dd}", asked.Format!);
                return true;
            },
            cancellation);
        ExportColumns columns;
        await using (var connection = await database.ReadAsync(cancellation))
        {
            columns = await ExportColumns.ReadAsync(connection, selection, cancellation);
        }

        var responses = new SelectedResponses(database, selection, filter);
        return TypedResults.Stream(
            async stream =>
            {
                var output = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: 64 * 1024, leaveOpen: true));
                await (form.IsCsv ? WriteCsvAsync(output, form, columns, responses, site, cancellation) : WriteNdjsonAsync(output, responses, cancellation));
                await output.FlushAsync(cancellation);
            },
            form.IsCsv ? Csv : Ndjson,
            $"responses-{selection.From:yyyy-MM-dd}-{selection.To:yyyy-MM-dd}.{asked.Format}");
    }

    private static async Task WriteCsvAsync(PipeWriter output, ExportForm form, ExportColumns columns, SelectedResponses responses, Site site, CancellationToken cancellation)
    {
        var csv = new CsvWriter(output, form.Separator);
        if (form.HasByteOrderMark)
        {
            csv.WriteByteOrderMark();
        }

        columns.WriteHeader(csv);
        await foreach (var some in responses.ReadAsync(cancellation))
        {
            foreach (var response in some)
            {
                columns.Write(csv, response, site.DayOf(response.AnsweredAt));
            }

            await output.FlushAsync(cancellation); // Waits until whoever reads has caught up.
        }
    }

    private static async Task WriteNdjsonAsync(PipeWriter output, SelectedResponses responses, CancellationToken cancellation)
    {
        await foreach (var some in responses.ReadAsync(cancellation))
        {
            foreach (var response in some)
            {
                output.Write(JsonSerializer.SerializeToUtf8Bytes(response, TransferJson.Default.SingleResponse));
                output.Write("\n"u8);
            }

            await output.FlushAsync(cancellation);
        }
    }
}
