using System.Data.Common;
using Collector.Feedback;
using Dapper;

namespace Collector.Ingest;

/// <summary>What became of a response.</summary>
public enum Outcome
{
    /// <summary>It is new.</summary>
    Created,

    /// <summary>It replaces an earlier revision.</summary>
    Revised,

    /// <summary>It was there already, in this or a later revision.</summary>
    Repeated,

    /// <summary>The same revision is there with other content.</summary>
    Conflict,
}

/// <summary>A response on its way to the disk.</summary>
/// <param name="Response">The response.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="MaximumTouchpoints">How many touchpoints its site may have.</param>
public sealed record Arrival(Response Response, DateTimeOffset ReceivedAt, int MaximumTouchpoints);

/// <summary>Stores responses, and keeps the cells and the intents of their visits exact, all in one transaction.</summary>
internal sealed class ResponseStore(DbTransaction transaction)
{
    private readonly DbConnection connection = transaction.Connection!;
    private readonly CellChanges cells = new();

    public static async Task<Outcome[]> StoreAsync(DbTransaction transaction, IReadOnlyList<Arrival> arrivals)
    {
        var store = new ResponseStore(transaction);
        var outcomes = new Outcome[arrivals.Count];
        for (var i = 0; i < arrivals.Count; i++)
        {
            outcomes[i] = await store.StoreAsync(arrivals[i]);
        }

        await store.cells.WriteAsync(transaction);
        return outcomes;
    }

    private async Task<Outcome> StoreAsync(Arrival arrival)
    {
        var response = arrival.Response;
        var before = await connection.QuerySingleOrDefaultAsync<Row>(
            "select * from responses where site = @Site and id = @Id", new { response.Site, Id = response.Id.ToString() }, transaction);
        if (before?.Revision > response.Revision)
        {
            return Outcome.Repeated;
        }

        var touchpoint = await NumberOfAsync(response.Touchpoint, response.Site, arrival.MaximumTouchpoints);
        var intent = response.Intent ?? (response.Visit is null ? "" : await IntentOfAsync(response.Site, response.Visit.Value.ToString(), except: response.Id.ToString()));
        var after = Row.From(response, touchpoint, intent, arrival.ReceivedAt);
        if (before?.Revision == after.Revision)
        {
            return after.SaysTheSameAs(before) ? Outcome.Repeated : Outcome.Conflict;
        }

        if (before is not null)
        {
            cells.Remove(before);
        }

        await connection.ExecuteAsync(Upsert, after, transaction);
        cells.Add(after);
        if (before is { Visit: not null, OwnIntent: not "" } && before.Visit != after.Visit)
        {
            await JoinAsync(before.Site, before.Visit);
        }

        if (after.Visit is not null && (after.OwnIntent.Length > 0 || before?.OwnIntent.Length > 0))
        {
            await JoinAsync(after.Site, after.Visit);
        }

        return before is null ? Outcome.Created : Outcome.Revised;
    }

    /// <summary>Gives the responses of a visit that have no intent of their own the one that the visit has now.</summary>
    private async Task JoinAsync(string site, string visit)
    {
        var intent = await IntentOfAsync(site, visit, except: "");
        var joined = await connection.QueryAsync<Row>(
            "select * from responses where site = @site and visit = @visit and own_intent = '' and intent <> @intent",
            new { site, visit, intent },
            transaction);
        foreach (var row in joined)
        {
            cells.Remove(row);
            cells.Add(row with { Intent = intent });
        }

        await connection.ExecuteAsync(
            "update responses set intent = @intent where site = @site and visit = @visit and own_intent = '' and intent <> @intent",
            new { site, visit, intent },
            transaction);
    }

    // The intent that was given last holds.
    private async Task<string> IntentOfAsync(string site, string visit, string except) =>
        await connection.QueryFirstOrDefaultAsync<string>(
            """
            select own_intent from responses
            where site = @site and visit = @visit and own_intent <> '' and id <> @except
            order by answered_at desc, id desc
            limit 1
            """,
            new { site, visit, except },
            transaction) ?? "";

    private async Task<int> NumberOfAsync(Touchpoint touchpoint, string site, int maximum)
    {
        var number = await connection.QuerySingleOrDefaultAsync<int?>(
            "select number from touchpoints where site = @site and name = @Name", new { site, touchpoint.Name }, transaction);
        if (number is not null)
        {
            return number.Value;
        }

        // Numbers are given from 1 without a gap, so the highest tells how many there are. 0 is for all that came too late.
        var highest = await connection.ExecuteScalarAsync<int>(
            "select coalesce(max(number), 0) from touchpoints where site = @site", new { site }, transaction);
        var (next, name) = highest < maximum ? (highest + 1, touchpoint.Name) : (0, Touchpoint.Other.Name);
        await connection.ExecuteAsync(
            "insert into touchpoints (site, number, name) values (@site, @next, @name) on conflict (site, number) do nothing",
            new { site, next, name },
            transaction);
        return next;
    }

    private const string Upsert =
        """
        insert into responses (site, id, revision, state, survey, survey_version, visit, page, touchpoint, day, scale, effort,
            own_intent, intent, success, device, language, answers, context, tags, answered_at, received_at)
        values (@Site, @Id, @Revision, @State, @Survey, @SurveyVersion, @Visit, @Page, @Touchpoint, @Day, @Scale, @Effort,
            @OwnIntent, @Intent, @Success, @Device, @Language, @Answers, @Context, @Tags, @AnsweredAt, @ReceivedAt)
        on conflict (site, id) do update set revision = excluded.revision, state = excluded.state, survey = excluded.survey,
            survey_version = excluded.survey_version, visit = excluded.visit, page = excluded.page, touchpoint = excluded.touchpoint,
            day = excluded.day, scale = excluded.scale, effort = excluded.effort, own_intent = excluded.own_intent,
            intent = excluded.intent, success = excluded.success, device = excluded.device, language = excluded.language,
            answers = excluded.answers, context = excluded.context, tags = excluded.tags, answered_at = excluded.answered_at,
            received_at = excluded.received_at
        """;
}
