using System.Globalization;
using Collector.Feedback;
using Collector.Insights;
using Collector.Insights.Responses;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Collector.Transfer.Incoming;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Transfer;

/// <summary>
/// <c>collector export</c> and <c>collector import</c>: what <c>…/export</c> and <c>…/import</c> do, for whoever has the machine, beside a running collector or without one. What they do stands in the site's audit
/// trail as the operator's.
/// </summary>
internal sealed class TransferVerbs(
    Database database, SiteDirectory sites, Selections selections, SurveyDirectory surveys, Upload uploads, DryRun dryRun, Importing importing, IServiceProvider services, TimeProvider time)
{
    private const string Column = "column.", Standard = "-";
    private const int Done = 0, SomeRefused = 1, NotDone = 2;

    /// <summary>Writes a selection to a file, or where everything is written when it is called <c>-</c>: 0 when it is whole, 2 when it is not.</summary>
    public async Task<int> ExportAsync(string file, IConfiguration options, Stream output, TextWriter errors, CancellationToken cancellation)
    {
        if (await FindSiteAsync(options, errors, cancellation) is not { } site)
        {
            return NotDone;
        }

        var context = new DefaultHttpContext { RequestServices = services };
        var result = await ExportRoute.GetAsync(
            site,
            new SelectionQuery { From = options["from"], To = options["to"], Survey = options["survey"], Request = context.Request },
            new ResponsesQuery(),
            new ExportQuery { Format = options["format"] ?? (IsCsv(file) ? "csv" : "ndjson"), Bom = options["bom"], Separator = options["separator"] },
            selections,
            database,
            Audit.OfOperator(time),
            cancellation);
        if (result.Result is ProblemHttpResult { ProblemDetails: var problem })
        {
            return await TellAsync((Dictionary<string, string[]>)problem.Extensions["errors"]!, errors);
        }

        if (file == Standard)
        {
            context.Response.Body = output;
            await result.ExecuteAsync(context);
            return Done;
        }

        try
        {
            await using var written = new FileStream(file, FileMode.CreateNew);
            context.Response.Body = written;
            await result.ExecuteAsync(context);
            return Done;
        }
        catch (IOException exception)
        {
            await errors.WriteLineAsync(exception.Message);
            return NotDone;
        }
    }

    /// <summary>Brings a file in, or tells with <paramref name="isDry"/> what would come of it: 0 when all its records are stored, 1 when some were refused, 2 when it could not be read.</summary>
    public async Task<int> ImportAsync(string file, bool isDry, IConfiguration options, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (await FindSiteAsync(options, errors, cancellation) is not { } site)
        {
            return NotDone;
        }

        try
        {
            var wrong = new FieldErrors();
            await using var read = File.OpenRead(file);
            await using var records = await ImportFile.OpenAsync(read, options["format"] is { } format ? format == "csv" : IsCsv(file), WishesIn(options), site, surveys, wrong, cancellation);
            if (wrong.Any)
            {
                return await TellAsync(wrong.ToDictionary(), errors);
            }

            if (isDry)
            {
                var check = await dryRun.RunAsync(site, records.Form, records.Records, cancellation);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{check.Read} records: {check.Stored} would be stored, {check.Repeated} are there already, {check.Refused} would be refused. Nothing was stored."));
                return await TellAsync(check.Errors, check.Refused, errors);
            }

            var id = await uploads.StoreAsync(site, Path.GetFileName(file), records.Form, records.Records, ImportRow.Running, Audit.OfOperator(time), cancellation);
            return await BringInAsync(site, id, output, errors, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or UnreadableFileException)
        {
            await errors.WriteLineAsync(exception.Message);
            return NotDone;
        }
    }

    // A collector that runs beside this may bring in some of it; what is left, this does.
    private async Task<int> BringInAsync(Site site, string id, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        while (true)
        {
            var working = importing.RunAsync(cancellation);
            await Task.WhenAny(working, Task.Delay(TimeSpan.FromSeconds(1), time, cancellation));
            await using var connection = await database.ReadAsync(cancellation);
            var import = await ImportRow.FindAsync(connection, site.Id, id, transaction: null, cancellation);
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{import!.Read} of {import.Records}"));
            await working;
            import = await ImportRow.FindAsync(connection, site.Id, id, transaction: null, cancellation);
            if (import!.State == ImportRow.Running)
            {
                continue;
            }

            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{import.Records} records: {import.Stored} are stored, {import.Repeated} were there already, {import.Refused} were refused. {import.Failure}").TrimEnd());
            var told = await TellAsync(await ImportRow.ErrorsAsync(connection, site.Id, id, cancellation), import.Refused, errors);
            return import.State == ImportRow.Done ? told : NotDone;
        }
    }

    private static ImportWishes WishesIn(IConfiguration options) => new()
    {
        Map = options["map"],
        Survey = options["survey"],
        Page = options["page"],
        Scale = options["scale"],
        Dates = options["dates"],
        Columns = options.AsEnumerable().Where(option => option.Key.StartsWith(Column, StringComparison.Ordinal)).ToDictionary(option => option.Key[Column.Length..], option => option.Value ?? "", StringComparer.Ordinal),
    };

    private static bool IsCsv(string file) => Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase);

    private async Task<Site?> FindSiteAsync(IConfiguration options, TextWriter errors, CancellationToken cancellation)
    {
        var site = await sites.FindAsync(options["site"] ?? "", cancellation);
        if (site is null)
        {
            await errors.WriteLineAsync($"There is no site {options["site"]}.");
        }

        return site;
    }

    private static async Task<int> TellAsync(Dictionary<string, string[]> wrong, TextWriter errors)
    {
        foreach (var (option, messages) in wrong)
        {
            await errors.WriteLineAsync($"--{option}: {string.Join(' ', messages)}");
        }

        return NotDone;
    }

    private static async Task<int> TellAsync(IReadOnlyList<ImportError> refused, long count, TextWriter errors)
    {
        foreach (var (line, messages) in refused)
        {
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"line {line}: {string.Join(' ', messages.Select(field => $"{field.Key}: {string.Join(' ', field.Value)}"))}"));
        }

        return count == 0 ? Done : SomeRefused;
    }
}
