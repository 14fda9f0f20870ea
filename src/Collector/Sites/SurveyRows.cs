using System.Data.Common;
using Collector.Feedback;
using Collector.Surveys;
using Dapper;

namespace Collector.Sites;

/// <summary>A survey with its latest version, as they lie in the tables.</summary>
internal sealed record SurveyRow
{
    public required string Id { get; init; }
    public required string State { get; init; }
    public required string Definition { get; init; }
    public required long CreatedAt { get; init; }

    public SurveyState ToState() => Enum.Parse<SurveyState>(State, ignoreCase: true);
}

/// <summary>When a version was made.</summary>
internal sealed record SurveyVersionRow
{
    public required string Id { get; init; }
    public required int Version { get; init; }
    public required long CreatedAt { get; init; }

    public SurveyVersion ToShape() => new(Version, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
}

/// <summary>Reads the surveys of a site with what is to be told of them.</summary>
internal static class SurveyRows
{
    private const string Select =
        """
        select surveys.id, surveys.state, survey_versions.definition, surveys.created_at
        from surveys
          join survey_versions on survey_versions.site = surveys.site and survey_versions.id = surveys.id and survey_versions.version = surveys.version
        where surveys.site = @site
        """;

    /// <summary>Those that are not retired, by id.</summary>
    public static async Task<IReadOnlyList<SurveyRow>> ListAsync(DbConnection connection, string site, string after, int limit, CancellationToken cancellation) =>
        (await connection.QueryAsync<SurveyRow>(new CommandDefinition(
            $"{Select} and surveys.state <> 'retired' and surveys.id > @after order by surveys.id limit @limit",
            new { site, after, limit },
            cancellationToken: cancellation))).AsList();

    /// <summary>What all those that are not retired ask, and whom.</summary>
    public static async Task<IReadOnlyList<Survey>> ReadAllAsync(DbTransaction transaction, string site, CancellationToken cancellation) =>
        [.. (await transaction.Connection!.QueryAsync<SurveyRow>(new CommandDefinition(
            $"{Select} and surveys.state <> 'retired' order by surveys.id", new { site }, transaction, cancellationToken: cancellation)))
            .Select(row => SurveyWrites.Read(row.Definition))];

    /// <summary>One, retired or not.</summary>
    public static Task<SurveyRow?> FindAsync(DbConnection connection, string site, string id, DbTransaction? transaction, CancellationToken cancellation) =>
        connection.QuerySingleOrDefaultAsync<SurveyRow>(new CommandDefinition(
            $"{Select} and surveys.id = @id", new { site, id }, transaction, cancellationToken: cancellation));

    /// <summary>What is told of one, retired or not.</summary>
    public static async Task<SurveyAnswer?> ReadAsync(DbConnection connection, string site, string id, DbTransaction? transaction, CancellationToken cancellation) =>
        await FindAsync(connection, site, id, transaction, cancellation) is { } row
            ? (await WithVersionsAsync(connection, site, [row], transaction, cancellation))[0]
            : null;

    /// <summary>The answers about surveys, with all their versions.</summary>
    public static async Task<IReadOnlyList<SurveyAnswer>> WithVersionsAsync(
        DbConnection connection, string site, IReadOnlyList<SurveyRow> rows, DbTransaction? transaction, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var versions = await connection.QueryAsync<SurveyVersionRow>(new CommandDefinition(
            "select id, version, created_at from survey_versions where site = @site and id between @First and @Last",
            new { site, First = rows[0].Id, Last = rows[^1].Id },
            transaction,
            cancellationToken: cancellation));
        var bySurvey = versions.ToLookup(version => version.Id, StringComparer.Ordinal);
        return [.. rows.Select(row => SurveyAnswer.From(row, bySurvey[row.Id]))];
    }
}
