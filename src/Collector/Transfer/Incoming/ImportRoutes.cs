using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Collector.Transfer.Incoming;

/// <summary>Brings in responses from elsewhere.</summary>
public static class ImportRoutes
{
    private const string Ndjson = "application/x-ndjson", Csv = "text/csv";

    private const string Answer =
        """
        { "id": "0199f1c27b3a7c3e9d550123456789ab", "state": "done", "name": "feedback-2025.csv", "records": 1200, "read": 1200, "stored": 1187, "repeated": 12, "refused": 1,
          "errors": [ { "line": 731, "errors": { "Score": ["'effort' takes a score from 1 to 7."] } } ], "createdAt": "2026-11-22T09:30:00+00:00", "finishedAt": "2026-11-22T09:30:02+00:00" }
        """;

    /// <summary>Adds what brings them in.</summary>
    public static void AddImports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Upload>();
        builder.Services.AddSingleton<DryRun>();
        builder.Services.AddSingleton<Importing>();
        builder.Services.AddSingleton<WaitingImports>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Importing>());
    }

    /// <summary>Maps the routes.</summary>
    public static void MapImports(this RouteGroupBuilder analysts)
    {
        var site = analysts.MapGroup("/v1/sites/{site}").RequireAuthorization(Scopes.Manage).WithTags("Transfer");

        site.MapPost("/import", StartAsync)
            .WithName("ImportResponses").WithSummary("Bring in responses from elsewhere").WithProblems(400, 404, 413, 415, 422)
            .WithMetadata(new RequestSizeLimitAttribute(Upload.LargestFile))
            .Accepts<string>(Ndjson, Csv)
            .Produces<ImportStarted>(StatusCodes.Status202Accepted).Produces<ImportCheck>()
            .WithResponseExample(202, """{ "id": "0199f1c27b3a7c3e9d550123456789ab" }""")
            .WithResponseExample(200,
                """
                { "read": 1200, "stored": 1187, "repeated": 12, "refused": 1, "errors": [ { "line": 731, "errors": { "Score": ["'effort' takes a score from 1 to 7."] } } ],
                  "columns": { "answeredAt": "Date", "page": "Page", "score": "Score", "comment": "Comment" },
                  "preview": [ { "line": 2, "id": "3f0a9c1e-5b1d-8c3e-9d55-0123456789ab", "answeredAt": "2025-03-01T11:00:00+00:00", "page": "shop.example/contact", "touchpoint": "shop.example/contact",
                                 "survey": "effort-and-intention", "state": "complete", "answers": [ { "question": "effort", "score": 6 }, { "question": "reason", "text": "Clear" } ] } ] }
                """);

        site.MapGet("/imports", ListAsync)
            .WithName("ListImports").WithSummary("List the imports").WithProblems(400, 404)
            .WithResponseExample(200, $$"""{ "items": [{{Answer}}], "next": null }""");

        site.MapGet("/imports/{id}", GetAsync)
            .WithName("GetImport").WithSummary("How far an import is").WithProblems(400, 404)
            .WithResponseExample(200, Answer);
    }

    /// <summary>
    /// Brings in responses: as NDJSON (<c>application/x-ndjson</c>), one line each in the shape of <c>POST /v1/responses</c> or of an item of <c>…/responses</c>; or as CSV (<c>text/csv</c>), whose first row names the columns. A file
    /// has at most 1 GB and 2,000,000 records, of 64 KB at most each, in UTF-8. It is stored before it is acknowledged; what comes of its records, <c>…/imports/{id}</c> tells. Each goes through the same check as a visitor's; one with
    /// anything wrong in it is refused, and the others are not. Its <c>answeredAt</c> is needed, and is taken at any past date within the site's <c>retentionDays</c>. A record without an <c>id</c> gets one that is made from what stands in it, so that a
    /// file that is sent again is repeated and not doubled. With <c>dryRun=true</c> nothing is stored, and the answer tells what would be.
    /// </summary>
    internal static async Task<Results<Accepted<ImportStarted>, Ok<ImportCheck>, ProblemHttpResult>> StartAsync(
        Site site,
        HttpRequest request,
        [AsParameters] ImportQuery query,
        Upload uploads,
        DryRun dryRun,
        Importing importing,
        SurveyDirectory surveys,
        Audit audit,
        CancellationToken cancellation)
    {
        if (IsCsv(request) is not { } isCsv)
        {
            return Problems.Because(StatusCodes.Status415UnsupportedMediaType, "Send application/x-ndjson or text/csv, in UTF-8, not compressed.");
        }

        var errors = new FieldErrors();
        var (isDry, name) = query.Read(errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        try
        {
            await using var file = await ImportFile.OpenAsync(request.Body, isCsv, query.ToWishes(), site, surveys, errors, cancellation);
            if (errors.Any)
            {
                return Problems.Invalid(errors);
            }

            if (isDry)
            {
                return TypedResults.Ok(await dryRun.RunAsync(site, file.Form, file.Records, cancellation));
            }

            var id = await uploads.StoreAsync(site, name, file.Form, file.Records, ImportRow.Running, audit, cancellation);
            importing.Wake();
            return TypedResults.Accepted($"/v1/sites/{site.Id}/imports/{id}", new ImportStarted(id));
        }
        catch (UnreadableFileException exception)
        {
            errors.AddMalformed("", exception.Message);
            return Problems.Invalid(errors);
        }
    }

    /// <summary>The imports of the site, the latest first.</summary>
    internal static async Task<Results<Ok<ImportList>, ProblemHttpResult>> ListAsync(Site site, [AsParameters] PagingQuery page, Database database, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var paging = Paging.Read(page, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        await using var connection = await database.ReadAsync(cancellation);
        var (items, next) = paging.Page(await ImportRow.ListAsync(connection, site.Id, paging.After, paging.Limit + 1, cancellation), row => row.Id);
        return TypedResults.Ok(new ImportList { Items = [.. items.Select(row => row.ToAnswer([]))], Next = next });
    }

    /// <summary>How far an import is, and which records were refused.</summary>
    /// <param name="id">The import's id.</param>
    internal static async Task<Results<Ok<ImportAnswer>, ProblemHttpResult>> GetAsync(Site site, string id, Database database, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return await ImportRow.FindAsync(connection, site.Id, id, transaction: null, cancellation) is { State: not (ImportRow.Uploading or ImportRow.Waiting) } row
            ? TypedResults.Ok(row.ToAnswer(await ImportRow.ErrorsAsync(connection, site.Id, id, cancellation)))
            : Problems.NotFound("There is no such import.");
    }

    private static bool? IsCsv(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString() is not ("" or "identity")
        || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        || (type.Charset.Length > 0 && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)) ? null
        : type.MediaType.Equals(Csv, StringComparison.OrdinalIgnoreCase) ? true
        : type.MediaType.Equals(Ndjson, StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/ndjson", StringComparison.OrdinalIgnoreCase) ? false
        : null;
}
