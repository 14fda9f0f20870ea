using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Feedback;
using Collector.Storage;
using Dapper;

namespace Collector.Surveys;

/// <summary>What the widget is told: the site's live surveys and how to ask them. Holds nothing that is not public; what is left out is as it is by default.</summary>
public sealed record WidgetSettings
{
    /// <summary>The site's public key.</summary>
    public required string Site { get; init; }

    /// <summary>After a visitor answered or closed any survey, none shows by itself for so many days; 0 when left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int QuietDays { get; init; }

    /// <summary>Whether nothing shows by itself where the browser says Do Not Track or Global Privacy Control; true when left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? RespectPrivacySignals { get; init; }

    /// <summary>How surveys look, where the site has a say in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Appearance? Appearance { get; init; }

    /// <summary>The surveys that are live and have not reached their target of today, the highest priority first.</summary>
    public required IReadOnlyList<Survey> Surveys { get; init; }

    /// <summary>The query parameters that the site's touchpoint rules keep; the widget sends no others. Left out when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? KeepParameters { get; init; }

    /// <summary>The settings that show one survey, whatever its rules, and without any memory of the visitor.</summary>
    internal static WidgetSettings ForPreview(SiteKey key, Appearance appearance, IReadOnlyList<string> languages, Survey survey) => new()
    {
        Site = key.Value,
        RespectPrivacySignals = false,
        Appearance = appearance == new Appearance() ? null : appearance,
        Surveys = [ForThePage(survey with { Where = null, Show = new ShowRule { Tab = survey.Show.Tab }, Often = null }, languages)],
    };

    /// <summary>The settings of the site with this key; null when there is none.</summary>
    internal static async Task<WidgetSettings?> FindAsync(Database database, SiteKey key, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.LookUpAsync(cancellation);
        if (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            "select id as site, languages, time_zone, quiet_days, respect_privacy_signals, appearance from sites where site_key = @Value",
            new { key.Value },
            cancellationToken: cancellation)) is not { } site)
        {
            return null;
        }

        var live = (await connection.QueryAsync<string>(new CommandDefinition(
            """
            select survey_versions.definition
            from surveys
              join survey_versions on survey_versions.site = surveys.site and survey_versions.id = surveys.id and survey_versions.version = surveys.version
            where surveys.site = @Site and surveys.state = 'live'
            """,
            new { site.Site },
            cancellationToken: cancellation))).Select(SurveyWrites.Read);
        var parameters = (await connection.QueryAsync<string>(new CommandDefinition(
            "select keep_parameters from touchpoint_rules where site = @Site and keep_parameters <> '[]'", new { site.Site }, cancellationToken: cancellation)))
            .SelectMany(names => JsonSerializer.Deserialize(names, SurveysJson.Default.StringArray)!)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var languages = JsonSerializer.Deserialize(site.Languages, SurveysJson.Default.StringArray)!;
        var appearance = JsonSerializer.Deserialize(site.Appearance, SurveysJson.Default.Appearance)!;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone)).DateTime);
        var surveys = await SurveyGroups.ExpandAsync(connection, site.Site, [.. live], cancellation);
        var full = await DayTargets.ReachedAsync(connection, site.Site, surveys, today, cancellation);
        return new WidgetSettings
        {
            Site = key.Value,
            KeepParameters = parameters.Count == 0 ? null : parameters,
            QuietDays = site.QuietDays,
            RespectPrivacySignals = site.RespectPrivacySignals ? null : false,
            Appearance = appearance == new Appearance() ? null : appearance,
            Surveys = [.. surveys
                .Where(survey => !full.Contains(survey.Id))
                .OrderByDescending(survey => survey.Priority).ThenBy(survey => survey.Id, StringComparer.Ordinal)
                .Select(survey => ForThePage(survey, languages))],
        };
    }

    // The target of a day is kept here, so the page need not know of it; the tab's name is for surveys with a tab alone.
    private static Survey ForThePage(Survey survey, IReadOnlyList<string> languages) => (survey with
    {
        Often = survey.Often is null || survey.Often == new Often { PerDay = survey.Often.PerDay } ? null : survey.Often with { PerDay = null },
        Labels = survey.Show.Tab == true ? WithTab(survey.Labels) : survey.Labels.Where(label => label.Key != "tab").ToDictionary(),
    }).In(languages);

    // A tab without a name of its own goes by the survey's.
    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> WithTab(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> labels) =>
        labels.ContainsKey("tab") || !labels.TryGetValue("name", out var name) ? labels : labels.Append(new("tab", name)).ToDictionary();

    private sealed record Row
    {
        public required string Site { get; init; }
        public required string Languages { get; init; }
        public required string TimeZone { get; init; }
        public required int QuietDays { get; init; }
        public required bool RespectPrivacySignals { get; init; }
        public required string Appearance { get; init; }
    }
}
