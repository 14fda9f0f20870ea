using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Dapper;

namespace Collector.Ingest.Hosted;

/// <summary>The responses that hosted pages make, and what their forms take along to name them.</summary>
internal sealed class HostedResponses(Database database, ResponseWriter writer, Receipts receipts, TimeProvider time)
{
    // Each try that fails means that another form of the same response was stored meanwhile. A visitor has no more than two hands.
    private const int MostTries = 5;

    // Later it would say nothing of how fast somebody answers, and a site may keep responses for a day only.
    private static readonly TimeSpan ShownIsOf = TimeSpan.FromDays(1);

    /// <summary>A new response's id. It holds the time at which the page was made, and so when the survey was shown.</summary>
    public Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>Signs what a form takes along: only who was given a form sees or changes the response that it is about, and only to the survey that was shown.</summary>
    public ValueTask<string> TokenAsync(Site site, Survey survey, Guid id, CancellationToken cancellation) =>
        receipts.SignAsync($"hosted/{site.Id}/{survey.Id}/{survey.Version}/{id}", cancellation);

    /// <summary>Whether the form is one that was given.</summary>
    public async ValueTask<bool> IsOursAsync(HostedForm form, Site site, Survey survey, CancellationToken cancellation)
    {
        var token = await TokenAsync(site, survey, form.Id, cancellation);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(form.Token), Encoding.UTF8.GetBytes(token));
    }

    /// <summary>
    /// Takes a form: lays its answer over what is stored of the response, and stores that. So a form that is sent again, from a page that the visitor went back to,
    /// takes nothing back that was answered since. Null when the response is erased.
    /// </summary>
    public async Task<HostedTurn?> TakeAsync(HostedForm form, Survey survey, string page, Site site, string language, bool byBot, CancellationToken cancellation)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var before = await FindAsync(site, form.Id, cancellation);
            var turn = HostedTurn.Of(form, survey, before);
            var response = ResponseCheck.Check(turn.Submission(form, survey, page, site, language), byBot, site, survey, time.GetUtcNow(), new FieldErrors());
            if (response is null || before.IsErased)
            {
                return null;
            }

            if (await TryStoreAsync(response, before, site))
            {
                return turn;
            }
        }

        throw new TimeoutException("Others stored this response again and again.");
    }

    private async Task<StoredAnswers> FindAsync(Site site, Guid id, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<StoredAnswers>(new CommandDefinition(
            "select revision, state, answers from responses where site = @Site and id = @Id", new { Site = site.Id, Id = id.ToString() }, cancellationToken: cancellation))
            ?? StoredAnswers.None;
    }

    // False when something else was stored meanwhile, upon which it must be made anew.
    private async Task<bool> TryStoreAsync(Response response, StoredAnswers before, Site site)
    {
        var now = time.GetUtcNow();
        if (Row.From(response, now, site.RulesVersion) is var row && row.Answers == before.Answers && row.Counted.State == before.State)
        {
            return true;
        }

        List<Response> revisions = [];
        var shownAt = TimeOf(response.Id);
        if (before == StoredAnswers.None && shownAt <= now && now - shownAt < ShownIsOf)
        {
            // Not before somebody sends the form: mail scanners and previews follow links, and would count as people who did not answer.
            revisions.Add(response with { State = ResponseState.Shown, Answers = [], AnsweredAt = shownAt, Day = site.DayOf(shownAt) });
        }

        if (revisions.Count == 0 || response.State != ResponseState.Shown)
        {
            revisions.Add(response);
        }

        var storing = revisions
            .Select((revision, i) => Row.From(revision with { Revision = before.Revision + 1 + i }, now, site.RulesVersion))
            .Select(revision => writer.TryStore(new Arrival(revision, response.Touchpoint.Name, response.Answers.Count, site))
                ?? throw new TimeoutException("More responses come in than can be stored."))
            .ToList();
        return !(await Task.WhenAll(storing)).Contains(Outcome.Conflict);
    }

    private static DateTimeOffset TimeOf(Guid id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(id.ToByteArray(bigEndian: true)) >> 16);
}
