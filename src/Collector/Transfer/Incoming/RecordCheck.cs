using System.Globalization;
using System.Text;
using Collector.Feedback;
using Collector.Ingest;
using Collector.Sites;
using Collector.Surveys;

namespace Collector.Transfer.Incoming;

/// <summary>Makes a checked response of a record, by the same check as a visitor's goes through, or finds everything that is wrong with it.</summary>
internal sealed class RecordCheck(Site site, ImportForm form, SurveyDirectory surveys, TimeProvider time)
{
    public async Task<CheckedRecord> CheckAsync(ImportRecord record, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        return form.IsCsv ? await CheckRowAsync(record, errors, cancellation) : await CheckLineAsync(record, errors, cancellation);
    }

    private async Task<CheckedRecord> CheckLineAsync(ImportRecord record, FieldErrors errors, CancellationToken cancellation)
    {
        var submission = SubmissionReader.ReadImported(Encoding.UTF8.GetBytes(record.Text), errors);
        if (submission?.Site is { } key && key != site.Key.Value)
        {
            errors.Add("/site", "Is not this site's key.");
        }

        submission = submission is null ? null : Complete(submission, record);
        var survey = submission is null ? null : await FindAsync(submission.Survey, submission.SurveyVersion, errors, cancellation);
        var response = submission is null ? null : Check(submission, survey, errors);
        return new CheckedRecord(record.Line, response, response is null ? errors.ToDictionary() : null);
    }

    private async Task<CheckedRecord> CheckRowAsync(ImportRecord record, FieldErrors errors, CancellationToken cancellation)
    {
        var cells = CsvRecord.Cells(record.Text, form.Separator);
        if (cells.Count > form.Header.Count)
        {
            errors.AddMalformed("", string.Create(CultureInfo.InvariantCulture, $"Has {cells.Count} cells, and the header has {form.Header.Count}."));
            return new CheckedRecord(record.Line, null, errors.ToDictionary());
        }

        // Only its survey says what its cells answer.
        var fields = new RowFields(form, cells, site, errors);
        var survey = await FindAsync(fields["survey"]?.Trim(), fields.ReadNumber("surveyVersion"), errors, cancellation);
        var response = Check(Complete(fields.Read(survey), record), survey, errors);
        return new CheckedRecord(record.Line, response, response is null ? fields.Name(survey) : null);
    }

    private Response? Check(Submission submission, Survey? survey, FieldErrors errors)
    {
        if (submission.Page is null && submission.Channel is null)
        {
            errors.AddMalformed("/page", "Is required.");
        }

        return ResponseCheck.CheckImported(submission, site, survey, time.GetUtcNow(), errors);
    }

    private async Task<Survey?> FindAsync(string? name, int? version, FieldErrors errors, CancellationToken cancellation)
    {
        name ??= form.Survey;
        if (name is null)
        {
            errors.AddMalformed("/survey", "Is required.");
        }

        return await ResponseCheck.FindSurveyAsync(name, version, site, surveys, errors, cancellation);
    }

    // What it leaves out, as far as the whole file says it.
    private Submission Complete(Submission submission, ImportRecord record) => Locate(submission) with
    {
        Id = submission.Id ?? RecordIds.OfText(site.Id, record),
        Survey = submission.Survey ?? form.Survey,
        Revision = submission.Revision ?? 0,
        State = submission.State ?? (submission.Answers is { Count: > 0 } ? ResponseState.Complete : ResponseState.Shown),
        Context = submission.Context is { Referrer: { } referrer } context && !referrer.Contains("://", StringComparison.Ordinal) ? context with { Referrer = $"https://{referrer}" } : submission.Context,
    };

    // An export has a channel where its page would be.
    private Submission Locate(Submission submission)
    {
        var place = submission.Page ?? (submission.Channel is null ? form.Page : null);
        return Page.ChannelOf(place) is { } channel ? submission with { Page = null, Channel = channel } : submission with { Page = AddressOf(place) };
    }

    // A path alone is below the page of all; a scheme may be left out, as an export does.
    private string? AddressOf(string? page) =>
        page is null || page.Contains("://", StringComparison.Ordinal) ? page
        : page.StartsWith('/') ? form.Page is null ? page : new Uri(new Uri(form.Page), page).AbsoluteUri
        : $"https://{page}";
}

/// <summary>What came of a record.</summary>
/// <param name="Line">The line that it begins on.</param>
/// <param name="Response">The response; null when it is refused.</param>
/// <param name="Errors">Why; null otherwise.</param>
internal sealed record CheckedRecord(long Line, Response? Response, IReadOnlyDictionary<string, string[]>? Errors);
