using Collector.Feedback;
using Collector.Sites;
using Collector.Surveys;

namespace Collector.Transfer.Incoming;

/// <summary>A file that comes in, with its first rows read: its form, and the records that follow.</summary>
/// <param name="Form">How its records are read.</param>
/// <param name="Records">What follows.</param>
internal sealed record ImportFile(ImportForm Form, IAsyncEnumerator<ImportRecord> Records) : IAsyncDisposable
{
    /// <summary>Begins to read it. When there are errors, it is not to be read on.</summary>
    /// <exception cref="UnreadableFileException">It cannot be cut into records.</exception>
    public static async Task<ImportFile> OpenAsync(
        Stream file, bool isCsv, ImportWishes wishes, Site site, SurveyDirectory surveys, FieldErrors errors, CancellationToken cancellation)
    {
        var (form, records) = await OpenAsync(file, isCsv, cancellation);
        var survey = wishes.Survey is null ? null : await surveys.FindAsync(site.Id, wishes.Survey, null, cancellation);
        form = ColumnMap.Resolve(form, wishes, survey, errors);

        // They are passed over here, once.
        for (var line = 1; isCsv && line < form.LinesOfHeader && !errors.Any; line++)
        {
            await records.MoveNextAsync();
        }

        return new ImportFile(form with { LinesOfHeader = 1 }, records);
    }

    /// <summary>Begins to read one of which somebody has still to say what its columns are.</summary>
    public static async Task<ImportFile> OpenAsync(Stream file, bool isCsv, CancellationToken cancellation)
    {
        var records = new RecordReader(file, isCsv).ReadAsync(cancellation).GetAsyncEnumerator(cancellation);
        return !isCsv ? new ImportFile(new ImportForm { IsCsv = false }, records)
            : await records.MoveNextAsync() ? new ImportFile(HeaderOf(records.Current.Text), records)
            : throw new UnreadableFileException("It is empty: a file of CSV begins with the names of its columns.");
    }

    /// <summary>The form of a file of CSV, as far as its first row tells it.</summary>
    public static ImportForm HeaderOf(string row)
    {
        var separator = CsvRecord.SeparatorOf(row);
        return new ImportForm { IsCsv = true, Separator = separator, Header = [.. CsvRecord.Cells(row, separator).Select(name => name.Trim())] };
    }

    public ValueTask DisposeAsync() => Records.DisposeAsync();
}
