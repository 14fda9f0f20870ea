using System.Text.Json;
using Collector.Feedback;
using Collector.Storage;
using Dapper;

namespace Collector.Surveys;

/// <summary>What the widget is told: the site's live surveys and how to ask them. Holds nothing that is not public.</summary>
public sealed record WidgetSettings
{
    /// <summary>The site's public key.</summary>
    public required string Site { get; init; }

    /// <summary>The languages of the surveys; the first is the default.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>The surveys that are live.</summary>
    public required IReadOnlyList<Survey> Surveys { get; init; }

    /// <summary>The query parameters that the site's touchpoint rules keep; the widget sends no others. Left out when there are none.</summary>
    public IReadOnlyList<string>? KeepParameters { get; init; }

    /// <summary>The settings of the site with this key; null when there is none.</summary>
    internal static async Task<WidgetSettings?> FindAsync(Database database, SiteKey key, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select sites.languages, surveys.definition
            from sites left join surveys on surveys.site = sites.id and surveys.live = 1
            where sites.site_key = @Value
            order by surveys.id
            """,
            new { key.Value },
            cancellationToken: cancellation))).AsList();
        if (rows.Count == 0)
        {
            return null;
        }

        var parameters = (await connection.QueryAsync<string>(new CommandDefinition(
            "select keep_parameters from touchpoint_rules where site = (select id from sites where site_key = @Value) and keep_parameters <> '[]'",
            new { key.Value },
            cancellationToken: cancellation)))
            .SelectMany(names => JsonSerializer.Deserialize(names, SurveysJson.Default.StringArray)!)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var languages = JsonSerializer.Deserialize(rows[0].Languages, SurveysJson.Default.StringArray)!;
        return new WidgetSettings
        {
            Site = key.Value,
            Languages = languages,
            KeepParameters = parameters.Count == 0 ? null : parameters,
            Surveys = [.. rows.Select(row => row.Definition).OfType<string>().Select(definition => JsonSerializer.Deserialize(definition, SurveysJson.Default.Survey)!.In(languages))],
        };
    }

    private sealed record Row
    {
        public required string Languages { get; init; }
        public required string? Definition { get; init; }
    }
}
