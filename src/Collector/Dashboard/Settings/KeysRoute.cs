using System.Globalization;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Settings;

/// <summary>The keys of a site: programs read figures with them, and may do as much as their scopes say.</summary>
internal static class KeysRoute
{
    private const string Path = "/settings/keys";

    /// <summary>Maps the pages.</summary>
    public static void MapKeyPages(this RouteGroupBuilder owners)
    {
        owners.MapGet(Path, (Site site, PageContext page, Database database, TimeProvider time, [FromQuery] string? cursor, CancellationToken cancellation) =>
            ShowAsync(site, page, database, time, cursor, new KeyForm(), EmptyErrors, cancellation));
        owners.MapPost(Path, CreateAsync);
        owners.MapPost($"{Path}/{{id}}/revoke", RevokeAsync);
    }

    private static Dictionary<string, string[]> EmptyErrors { get; } = [];

    private static async Task<IResult> CreateAsync([FromForm] KeyForm form, Site site, PageContext page, Database database, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var sent = form with { Scopes = [.. page.Request.Form["scope"].OfType<string>()] };
        var request = new KeyRequest { Name = form.Name?.Trim() ?? "", Scopes = sent.Scopes, Expires = sent.ReadExpires(site, errors) };
        if (errors.Any)
        {
            return await ShowAsync(site, page, database, time, cursor: null, sent, errors.ToDictionary(), cancellation);
        }

        var made = await KeyRoutes.CreateAsync(site, request, database, time, audit, cancellation);
        if (made.ValueOf<NewKeyAnswer>() is not { } key)
        {
            return await ShowAsync(site, page, database, time, cursor: null, sent, made.ErrorsOf(), cancellation);
        }

        return HtmlPage.Of<OnceView, OnceModel>(page, page.Words.Say("The key"), new OnceModel
        {
            Here = "/keys",
            Title = page.Words.Say("The key {0}", key.Name),
            Text = page.Words.Say("Copy it now: it is shown this once and cannot be looked up later. Whoever has it may do what its scopes say."),
            Secret = key.Key,
            Example = $"curl -H \"Authorization: Bearer {key.Key}\" \"{page.Origin}/v1/sites/{site.Id}/ces\"",
        });
    }

    private static async Task<IResult> RevokeAsync(string id, Site site, PageContext page, Database database, Audit audit, CancellationToken cancellation)
    {
        var revoked = await KeyRoutes.RevokeAsync(site, id, database, audit, cancellation);
        return revoked.ErrorsOf().Count > 0 ? page.Refuse(revoked) : Notice.ThenGo(page, page.Words.Say("The key was revoked. It opens nothing any more."), page.SitePath + Path);
    }

    private static async Task<IResult> ShowAsync(
        Site site, PageContext page, Database database, TimeProvider time, string? cursor, KeyForm form, IReadOnlyDictionary<string, string[]> errors, CancellationToken cancellation)
    {
        var keys = await KeyRoutes.ListAsync(site, new PagingQuery { Cursor = cursor }, database, cancellation);
        if (keys.ValueOf<KeyList>() is not { } list)
        {
            return page.Refuse(keys);
        }

        var model = new KeysModel(list, time.GetUtcNow(), form, errors);
        return HtmlPage.Of<KeysView, KeysModel>(page, page.Words.Say("Keys"), model, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>What the form of a new key sends.</summary>
public sealed record KeyForm
{
    /// <summary>What it is for.</summary>
    public string? Name { get; init; }

    /// <summary>What it may do.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [Collector.Sites.Scopes.Read];

    /// <summary>The last day on which it works; empty for any.</summary>
    public string? Expires { get; init; }

    // Through the whole of that day, in the site's time zone.
    internal DateTimeOffset? ReadExpires(Site site, FieldErrors errors)
    {
        if (Written.Text(Expires) is not { } text)
        {
            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day == DateOnly.MaxValue)
        {
            errors.Add("/expires", "Must be a date such as 2026-11-22.");
            return null;
        }

        var end = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(end, site.TimeZone.GetUtcOffset(end)).ToUniversalTime();
    }
}

/// <summary>The page.</summary>
/// <param name="Keys">The keys, oldest first.</param>
/// <param name="Now">When it is read.</param>
/// <param name="Form">What is in the form of a new one.</param>
/// <param name="Errors">What is wrong with it.</param>
public sealed record KeysModel(KeyList Keys, DateTimeOffset Now, KeyForm Form, IReadOnlyDictionary<string, string[]> Errors) : IFormModel;
