using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Settings;

/// <summary>What is kept of visitors, and for how long.</summary>
internal static class PrivacyRoute
{
    private const string Path = "/settings/privacy";

    // So many are counted before somebody erases them; nobody needs to know millions to the last one.
    private const int MostCounted = 100_000;

    /// <summary>Maps the page.</summary>
    public static void MapPrivacy(this RouteGroupBuilder owners)
    {
        owners.MapGet(Path, (Site site, PageContext page, TimeProvider time) => Show(page, ModelOf(site, PrivacyForm.Of(site), time)));
        owners.MapPost(Path, SaveAsync);
    }

    private static async Task<IResult> SaveAsync(
        [FromForm] PrivacyForm form, Site site, PageContext page, SiteSaving saving, Audit audit, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var change = form.Read(errors);
        var after = SiteCheck.Apply(change, site, errors);

        // What is erased does not come back, so it is asked once more.
        if (!errors.Any && after.RetentionDays < site.RetentionDays && form.Erases != change.RetentionDays)
        {
            var first = after.FirstDayKept(time.GetUtcNow());
            if (await CountBeforeAsync(database, site, first, cancellation) is > 0 and var erased)
            {
                return Show(page, ModelOf(site, form, time) with { Erased = new ErasedByRetention(first, erased, erased > MostCounted) });
            }
        }

        var wrong = await saving.SaveAsync(site, change, errors, audit, cancellation);
        return wrong.Count == 0 ? SiteSaving.Saved(page) : Show(page, ModelOf(site, form, time) with { Errors = wrong });
    }

    private static async Task<long> CountBeforeAsync(Database database, Site site, DateOnly day, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from (select 1 from responses where site = @Id and day < @Day limit @Most) as old",
            new { site.Id, Day = DayNumber.Of(day), Most = MostCounted + 1 },
            cancellationToken: cancellation));
    }

    private static PrivacyModel ModelOf(Site site, PrivacyForm form, TimeProvider time) => new() { Form = form, RetentionDays = site.RetentionDays, FirstDay = site.FirstDayKept(time.GetUtcNow()) };

    private static HtmlPage Show(PageContext page, PrivacyModel model) => HtmlPage.Of<PrivacyView, PrivacyModel>(
        page, page.Words.Say("Privacy"), model, model.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}

/// <summary>What the form sends.</summary>
public sealed record PrivacyForm
{
    /// <summary>Whether personal data is taken out of free text.</summary>
    public bool ScrubText { get; init; }

    /// <summary>How many days responses are kept.</summary>
    public string? RetentionDays { get; init; }

    /// <summary>How many days nothing shows after an answer.</summary>
    public string? QuietDays { get; init; }

    /// <summary>Whether signals of the browser are heeded.</summary>
    public bool RespectPrivacySignals { get; init; }

    /// <summary>The retention that was asked about, and said yes to.</summary>
    public int? Erases { get; init; }

    internal static PrivacyForm Of(Site site) => new()
    {
        ScrubText = site.ScrubText,
        RetentionDays = Written.Of(site.RetentionDays),
        QuietDays = Written.Of(site.QuietDays),
        RespectPrivacySignals = site.RespectPrivacySignals,
    };

    internal SiteChange Read(FieldErrors errors) => new()
    {
        ScrubText = ScrubText,
        RetentionDays = Written.Whole(RetentionDays, "/retentionDays", errors),
        QuietDays = Written.Whole(QuietDays, "/quietDays", errors),
        RespectPrivacySignals = RespectPrivacySignals,
    };
}

/// <summary>What a shorter retention erases.</summary>
/// <param name="Before">The first day that is kept.</param>
/// <param name="Responses">How many responses are older.</param>
/// <param name="IsMore">Whether there are even more.</param>
public sealed record ErasedByRetention(DateOnly Before, long Responses, bool IsMore);

/// <summary>The page.</summary>
public sealed record PrivacyModel : IFormModel
{
    /// <summary>What is in the form.</summary>
    public required PrivacyForm Form { get; init; }

    /// <summary>How many days responses are kept now.</summary>
    public required int RetentionDays { get; init; }

    /// <summary>The first day whose responses are kept now.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>What the form would erase, where that is to be confirmed.</summary>
    public ErasedByRetention? Erased { get; init; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);
}
