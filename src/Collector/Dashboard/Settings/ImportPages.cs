using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Collector.Transfer.Incoming;
using Collector.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Collector.Dashboard.Settings;

/// <summary>Brings responses in from a file: it is uploaded, its columns are named and checked as often as one likes, and then it is started.</summary>
internal static class ImportPages
{
    private const string Path = "/settings/import", Column = "column.";

    /// <summary>Larger files go by the API, which has nothing to keep of them before they are stored.</summary>
    private const long LargestFile = 100_000_000;

    private const int MostSurveys = 500;

    private static readonly string[] EndingsOfLines = [".ndjson", ".jsonl", ".json"];

    /// <summary>Maps the pages.</summary>
    public static void MapImportPages(this RouteGroupBuilder analysts)
    {
        analysts.MapGet(Path, (Site site, PageContext page, Database database, CancellationToken cancellation) => ListAsync(site, page, database, error: null, cancellation));
        analysts.MapPost(Path, UploadAsync)
            .WithMetadata(new RequestSizeLimitAttribute(LargestFile), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = LargestFile, BufferBodyLengthLimit = LargestFile });
        analysts.MapGet($"{Path}/{{id}}", ShowAsync);
        analysts.MapPost($"{Path}/{{id}}", StartAsync);
    }

    private static async Task<IResult> ListAsync(Site site, PageContext page, Database database, string? error, CancellationToken cancellation)
    {
        var list = await ImportRoutes.ListAsync(site, new PagingQuery(), database, cancellation);
        return HtmlPage.Of<ImportsView, ImportsModel>(
            page, page.Words.Say("Import"), new ImportsModel(list.ValueOf<ImportList>()!.Items, error), error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> UploadAsync(Site site, PageContext page, Database database, Upload uploads, CancellationToken cancellation)
    {
        if (page.Request.Form.Files["file"] is not { Length: > 0 } file)
        {
            return await ListAsync(site, page, database, page.Words.Say("Choose a file."), cancellation);
        }

        try
        {
            await using var stream = file.OpenReadStream();
            await using var opened = await ImportFile.OpenAsync(stream, !EndingsOfLines.Contains(System.IO.Path.GetExtension(file.FileName).ToLowerInvariant()), cancellation);
            var name = ImportName.Read(file.FileName) ?? "";
            var id = await uploads.StoreAsync(site, name, opened.Form, opened.Records, ImportRow.Waiting, page.Audit, cancellation);
            return TypedResults.LocalRedirect($"{page.SitePath}{Path}/{id}");
        }
        catch (UnreadableFileException exception)
        {
            return await ListAsync(site, page, database, page.Words.SayError(exception.Message), cancellation);
        }
    }

    private static async Task<IResult> ShowAsync(string id, Site site, PageContext page, WaitingImports waiting, Database database, CancellationToken cancellation)
    {
        switch (await waiting.FindAsync(site, id, cancellation))
        {
            case null or { State: ImportRow.Uploading }:
                return FailurePages.For(page.Request.HttpContext, StatusCodes.Status404NotFound);
            case { State: ImportRow.Waiting } import:
                return await AskAsync(import, site, page, page.Request.Query, waiting, database, isRefused: false, cancellation);
            case var import:
                var told = (await ImportRoutes.GetAsync(site, id, database, cancellation)).ValueOf<ImportAnswer>()!;
                if (import.State == ImportRow.Running)
                {
                    page.Request.HttpContext.Response.Headers["Refresh"] = "2"; // The page asks again by itself, without a script.
                }

                return HtmlPage.Of<ImportView, ImportAnswer>(page, page.Words.Say("Import"), told);
        }
    }

    private static async Task<IResult> StartAsync(string id, Site site, PageContext page, WaitingImports waiting, Database database, Audit audit, CancellationToken cancellation)
    {
        if (await waiting.FindAsync(site, id, cancellation) is not { State: not ImportRow.Uploading } import)
        {
            return FailurePages.For(page.Request.HttpContext, StatusCodes.Status404NotFound);
        }

        if (import.State == ImportRow.Waiting)
        {
            var errors = new FieldErrors();
            var (form, _) = await waiting.ResolveAsync(site, import, WishesOf(page.Request.Form), errors, cancellation);
            if (errors.Any)
            {
                return await AskAsync(import, site, page, page.Request.Form, waiting, database, isRefused: true, cancellation);
            }

            await waiting.StartAsync(site, import, form, audit, cancellation);
        }

        return TypedResults.LocalRedirect($"{page.SitePath}{Path}/{id}");
    }

    private static async Task<IResult> AskAsync(
        ImportRow import, Site site, PageContext page, IEnumerable<KeyValuePair<string, StringValues>> sent, WaitingImports waiting, Database database, bool isRefused, CancellationToken cancellation)
    {
        List<string> surveys;
        await using (var connection = await database.ReadAsync(cancellation))
        {
            surveys = [.. (await SurveyRows.ListAsync(connection, site.Id, after: "", MostSurveys, cancellation)).Where(row => row.ToState() != SurveyState.Draft).Select(row => row.Id)];
        }

        var (errors, wishes) = (new FieldErrors(), WishesOf(sent));
        var (form, survey) = await waiting.ResolveAsync(site, import, wishes, errors, cancellation);
        var isFirst = !sent.Any(field => field.Key == "survey");
        return HtmlPage.Of<ImportFormView, ImportFormModel>(
            page,
            page.Words.Say("Import"),
            new ImportFormModel
            {
                Id = import.Id,
                Name = import.Name,
                Records = import.Records,
                IsCsv = form.IsCsv,
                Wishes = wishes,
                Header = form.Header,
                Columns = form.Columns.ToDictionary(column => column.Key, column => form.Header[column.Value], StringComparer.Ordinal),
                Surveys = surveys,
                Fields = [.. ColumnMap.Common, .. survey?.Questions.Select(question => $"answer.{question.Id}") ?? []],
                Check = errors.Any ? null : await waiting.CheckAsync(site, import, form, cancellation),
                Errors = isFirst && !isRefused ? new Dictionary<string, string[]>() : errors.ToDictionary(),
            },
            isRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static ImportWishes WishesOf(IEnumerable<KeyValuePair<string, StringValues>> sent)
    {
        var fields = sent.Select(field => (field.Key, Value: Written.Text(field.Value.ToString()))).Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value!, StringComparer.Ordinal);
        return new ImportWishes
        {
            Map = fields.GetValueOrDefault("map"),
            Survey = fields.GetValueOrDefault("survey"),
            Page = fields.GetValueOrDefault("page"),
            Scale = fields.GetValueOrDefault("scale"),
            Dates = fields.GetValueOrDefault("dates"),
            Columns = fields.Where(field => field.Key.StartsWith(Column, StringComparison.Ordinal)).ToDictionary(field => field.Key[Column.Length..], field => field.Value, StringComparer.Ordinal),
        };
    }
}

/// <summary>The page of all imports.</summary>
/// <param name="Imports">The latest of them.</param>
/// <param name="Error">What is wrong with the file, in the reader's language.</param>
public sealed record ImportsModel(IReadOnlyList<ImportAnswer> Imports, string? Error);

/// <summary>The page that asks what a file's columns are.</summary>
public sealed record ImportFormModel : IFormModel
{
    /// <summary>The import.</summary>
    public required string Id { get; init; }

    /// <summary>The file.</summary>
    public required string Name { get; init; }

    /// <summary>How many records it has.</summary>
    public required long Records { get; init; }

    /// <summary>Whether it has columns.</summary>
    public required bool IsCsv { get; init; }

    /// <summary>What was said so far.</summary>
    internal ImportWishes Wishes { get; init; } = new();

    /// <summary>The names of its columns.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    /// <summary>The column of each field, as far as one was found.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>The surveys that may have been answered.</summary>
    public required IReadOnlyList<string> Surveys { get; init; }

    /// <summary>The fields that columns may be chosen for.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>What would come of it; null as long as something is missing.</summary>
    public required ImportCheck? Check { get; init; }

    /// <inheritdoc/>
    public required IReadOnlyDictionary<string, string[]> Errors { get; init; }
}
