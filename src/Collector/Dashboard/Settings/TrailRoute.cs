using Collector.Dashboard.Shell;
using Collector.Sites;
using Collector.Storage;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Settings;

/// <summary>Who did what on the site, the latest first.</summary>
internal static class TrailRoute
{
    private const int PageSize = 50;

    /// <summary>Maps the page.</summary>
    public static void MapTrail(this RouteGroupBuilder owners) => owners.MapGet("/settings/audit", GetAsync);

    private static async Task<IResult> GetAsync(Site site, PageContext page, Database database, [FromQuery] string? kind, [FromQuery] string? before, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var until = before?.All(char.IsAsciiHexDigit) == true && before.Length > 0 ? before : null;
        var wanted = TrailModel.Kinds.Any(known => known.Kind == kind) ? kind : null;
        var rows = (await connection.QueryAsync<TrailEntry>(new CommandDefinition(
            $"""
            select id, at, actor_kind as ActorKind, actor_name as ActorName, kind, action, about, details from audit
            where site = @Site and id < @Before {(wanted is null ? "" : "and kind = @wanted")}
            order by id desc
            limit @Most
            """,
            new { Site = site.Id, Before = until ?? "g", wanted, Most = PageSize + 1 },
            cancellationToken: cancellation))).AsList();
        return HtmlPage.Of<TrailView, TrailModel>(page, page.Words.Say("Audit trail"), new TrailModel
        {
            Kind = wanted,
            Entries = [.. rows.Take(PageSize)],
            Next = rows.Count > PageSize ? rows[PageSize - 1].Id : null,
            IsFirst = until is null,
        });
    }
}

/// <summary>Something that somebody did.</summary>
public sealed record TrailEntry
{
    /// <summary>Its id, in the order of time.</summary>
    public required string Id { get; init; }

    /// <summary>When, in milliseconds since 1970.</summary>
    public required long At { get; init; }

    /// <summary>Whether a person did it, a key or the operator's key.</summary>
    public required string ActorKind { get; init; }

    /// <summary>The person's or the key's name then.</summary>
    public required string ActorName { get; init; }

    /// <summary>The kind of thing it was done to.</summary>
    public required string Kind { get; init; }

    /// <summary>What was done.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to.</summary>
    public required string About { get; init; }

    /// <summary>Which fields, or as what.</summary>
    public required string Details { get; init; }

    /// <summary>What was done, in English.</summary>
    public string Text => (Kind, Action) switch
    {
        ("site", "made") => Words.Text("Made the site"),
        ("site", _) => Words.Text("Changed the settings"),
        ("key", "made") => Words.Text("Made the key"),
        ("key", _) => Words.Text("Revoked the key"),
        ("member", "invited") => Words.Text("Invited"),
        ("member", "not invited") => Words.Text("Took back the invitation of"),
        ("member", "joined") => Words.Text("Joined"),
        ("member", "changed") => Words.Text("Changed the role of"),
        ("member", "removed") => Words.Text("Removed the member"),
        ("member", _) => Words.Text("Made a link for a new password of"),
        ("survey", "made") => Words.Text("Made the survey"),
        ("survey", "saved") => Words.Text("Saved the survey"),
        ("survey", "live") => Words.Text("Put the survey live"),
        ("survey", "paused") => Words.Text("Paused the survey"),
        ("survey", _) => Words.Text("Removed the survey"),
        ("group", "made") => Words.Text("Made the group"),
        ("group", "changed") => Words.Text("Changed the group"),
        ("group", _) => Words.Text("Removed the group"),
        ("rule", "made") => Words.Text("Made the rule"),
        ("rule", "changed") => Words.Text("Changed the rule"),
        ("rule", _) => Words.Text("Removed the rule"),
        ("goal", "made") => Words.Text("Made the goal"),
        ("goal", "changed") => Words.Text("Changed the goal"),
        ("goal", _) => Words.Text("Removed the goal"),
        ("change", "made") => Words.Text("Noted the change"),
        ("change", "changed") => Words.Text("Edited the change"),
        ("change", _) => Words.Text("Removed the change"),
        ("webhook", "made") => Words.Text("Made the webhook"),
        ("webhook", "changed") => Words.Text("Changed the webhook"),
        ("webhook", "removed") => Words.Text("Removed the webhook"),
        ("webhook", "secret") => Words.Text("Gave a new secret to the webhook"),
        ("webhook", _) => Words.Text("Sent messages again to the webhook"),
        ("response", "imported") => Words.Text("Imported responses"),
        ("response", _) => Words.Text("Erased the response"),
        ("comments", "read") => Words.Text("Looked at comments"),
        _ => Words.Text("Exported comments"),
    };
}

/// <summary>The page.</summary>
public sealed record TrailModel
{
    /// <summary>The kinds of things that entries are about.</summary>
    public static IReadOnlyList<(string Kind, string Words)> Kinds { get; } =
    [
        ("site", Words.Text("Settings")), ("key", Words.Text("Keys")), ("member", Words.Text("People")), ("survey", Words.Text("Surveys")), ("group", Words.Text("Groups")), ("rule", Words.Text("Touchpoint rules")), ("goal", Words.Text("Goals")), ("change", Words.Text("Changes")), ("webhook", Words.Text("Webhooks")),
        ("response", Words.Text("Responses")), ("comments", Words.Text("Comments")),
    ];

    /// <summary>The kind that is shown; null for all.</summary>
    public required string? Kind { get; init; }

    /// <summary>The entries, the latest first.</summary>
    public required IReadOnlyList<TrailEntry> Entries { get; init; }

    /// <summary>Where older ones begin; null where there are none.</summary>
    public required string? Next { get; init; }

    /// <summary>Whether these are the latest.</summary>
    public required bool IsFirst { get; init; }
}
