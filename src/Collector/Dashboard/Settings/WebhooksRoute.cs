using System.Globalization;
using Collector.Dashboard.Shell;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Collector.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Settings;

/// <summary>The webhooks of a site: who is told what, what they took, and what they did not.</summary>
internal static class WebhooksRoute
{
    private const string Path = "/settings/webhooks";

    /// <summary>Maps the pages.</summary>
    public static void MapWebhookPages(this RouteGroupBuilder analysts)
    {
        analysts.MapGet(Path, ListAsync);
        analysts.MapGet($"{Path}/new", (PageContext page) => Show(page, new WebhookModel { Form = new WebhookForm() }));
        analysts.MapPost($"{Path}/new", CreateAsync);
        analysts.MapGet($"{Path}/{{id}}", GetAsync);
        analysts.MapPost($"{Path}/{{id}}", ChangeAsync);
        analysts.MapPost($"{Path}/{{id}}/secret", RotateAsync);
        analysts.MapPost($"{Path}/{{id}}/test", TryAsync);
        analysts.MapPost($"{Path}/{{id}}/replay", ReplayAsync);
        analysts.MapPost($"{Path}/{{id}}/remove", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(Site site, PageContext page, Database database, CancellationToken cancellation)
    {
        var webhooks = await WebhookRoutes.ListAsync(site, new PagingQuery { Limit = "500" }, database, cancellation);
        return HtmlPage.Of<WebhooksView, WebhooksModel>(page, page.Words.Say("Webhooks"), new WebhooksModel(webhooks.ValueOf<WebhookList>()!.Items));
    }

    private static async Task<IResult> CreateAsync(
        [FromForm] WebhookForm form, Site site, PageContext page, WebhookSettings settings, Database database, SiteDirectory directory, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var sent = form with { Events = EventsOf(page) };
        var request = new NewWebhook
        {
            Name = sent.Name?.Trim() ?? "",
            Url = sent.Url?.Trim() ?? "",
            Events = sent.Events,
            Format = sent.ReadFormat(),
            Comments = sent.Comments,
            State = WebhookState.Enabled,
        };
        var made = await WebhookRoutes.CreateAsync(site, request, page.Caller, settings, database, directory, time, audit, cancellation);
        return made.ValueOf<WebhookSecretAnswer>() is { } webhook ? ShowSecret(page, webhook) : Show(page, new WebhookModel { Form = sent, Errors = made.ErrorsOf() });
    }

    private static Task<IResult> GetAsync(string id, Site site, PageContext page, [FromQuery] string? cursor, [FromQuery] string? state, Database database, CancellationToken cancellation) =>
        ShowAsync(id, site, page, database, cursor, state, form: null, new Dictionary<string, string[]>(StringComparer.Ordinal), cancellation);

    private static async Task<IResult> ChangeAsync(
        string id, [FromForm] WebhookForm form, Site site, PageContext page, WebhookSettings settings, Database database, SiteDirectory directory, Audit audit, CancellationToken cancellation)
    {
        // The buttons that pause and enable stand in forms of their own.
        var sent = form with { Events = EventsOf(page) };
        var request = form.Do switch
        {
            "pause" => new WebhookChange { State = WebhookState.Paused },
            "enable" => new WebhookChange { State = WebhookState.Enabled },
            _ => new WebhookChange { Name = sent.Name?.Trim() ?? "", Url = sent.Url?.Trim() ?? "", Events = sent.Events, Format = sent.ReadFormat(), Comments = sent.Comments },
        };
        var changed = await WebhookRoutes.ChangeAsync(site, id, request, page.Caller, settings, database, directory, audit, cancellation);
        if (changed.ValueOf<WebhookAnswer>() is not null)
        {
            return Notice.ThenGo(page, page.Words.Say("Saved."), $"{page.SitePath}{Path}/{id}");
        }

        return changed.ErrorsOf() is { Count: > 0 } errors ? await ShowAsync(id, site, page, database, cursor: null, state: null, sent, errors, cancellation) : page.Refuse(changed);
    }

    private static async Task<IResult> RotateAsync(string id, Site site, PageContext page, Database database, SiteDirectory directory, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var rotated = await WebhookRoutes.RotateAsync(site, id, database, directory, time, audit, cancellation);
        return rotated.ValueOf<WebhookSecretAnswer>() is { } webhook ? ShowSecret(page, webhook) : page.Refuse(rotated);
    }

    private static async Task<IResult> TryAsync(string id, Site site, PageContext page, Database database, Deliveries deliveries, TimeProvider time, CancellationToken cancellation)
    {
        var tried = await DeliveryRoutes.TryAsync(site, id, database, deliveries, time, cancellation);
        if (tried.ValueOf<TrialAnswer>() is not { } trial)
        {
            return page.Refuse(tried);
        }

        var took = Math.Round(trial.Milliseconds);
        var text = trial switch
        {
            { Delivered: true } => page.Words.Say("The trial message was taken: status {0}, after {1} ms.", trial.Status, took),
            { Status: { } status } => page.Words.Say("The trial message was not taken: status {0}, after {1} ms.", status, took),
            _ => page.Words.Say("The trial message was not taken. {0}", page.Words.Say(trial.Error!)),
        };
        return Notice.ThenGo(page, text, $"{page.SitePath}{Path}/{id}");
    }

    private static async Task<IResult> ReplayAsync(string id, [FromForm] string? delivery, Site site, PageContext page, Database database, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var request = delivery is { Length: > 0 } ? new ReplayRequest { Delivery = delivery } : new ReplayRequest { Since = time.GetUtcNow().AddDays(-DeliveryRoutes.KeptDays) };
        var replayed = await DeliveryRoutes.ReplayAsync(site, id, request, database, time, audit, cancellation);
        return replayed.ValueOf<ReplayAnswer>() is { } answer
            ? Notice.ThenGo(page, page.Words.Say(answer.Deliveries == 1 ? "{0} message is sent again." : "{0} messages are sent again.", answer.Deliveries), $"{page.SitePath}{Path}/{id}")
            : page.Refuse(replayed);
    }

    private static async Task<IResult> RemoveAsync(string id, Site site, PageContext page, Database database, SiteDirectory directory, Audit audit, CancellationToken cancellation)
    {
        var removed = await WebhookRoutes.DeleteAsync(site, id, database, directory, audit, cancellation);
        return removed.ErrorsOf().Count > 0 ? page.Refuse(removed) : Notice.ThenGo(page, page.Words.Say("The webhook was removed. It is told nothing more."), page.SitePath + Path);
    }

    private static async Task<IResult> ShowAsync(
        string id, Site site, PageContext page, Database database, string? cursor, string? state, WebhookForm? form, IReadOnlyDictionary<string, string[]> errors, CancellationToken cancellation)
    {
        var found = await WebhookRoutes.GetAsync(site, id, database, cancellation);
        if (found.ValueOf<WebhookAnswer>() is not { } webhook)
        {
            return page.Refuse(found);
        }

        var deliveries = await DeliveryRoutes.ListAsync(site, id, Written.Text(state), new PagingQuery { Cursor = cursor, Limit = "20" }, database, cancellation);
        return deliveries.ValueOf<DeliveryList>() is { } list
            ? Show(page, new WebhookModel { Webhook = webhook, Deliveries = list, Shown = Written.Text(state), IsFirst = cursor is null, Form = form ?? WebhookForm.Of(webhook), Errors = errors })
            : page.Refuse(deliveries);
    }

    private static HtmlPage ShowSecret(PageContext page, WebhookSecretAnswer webhook) => HtmlPage.Of<OnceView, OnceModel>(page, page.Words.Say("The secret"), new OnceModel
    {
        Here = "/webhooks",
        Title = page.Words.Say("The secret of {0}", webhook.Name),
        Text = page.Words.Say("Copy it now: it is shown this once. The receiver checks with it that messages come from here; Slack and Teams need none."),
        Secret = webhook.Secret,
    });

    private static HtmlPage Show(PageContext page, WebhookModel model) => HtmlPage.Of<WebhookView, WebhookModel>(
        page, model.Webhook?.Name ?? page.Words.Say("New webhook"), model, model.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static IReadOnlyList<string> EventsOf(PageContext page) => [.. page.Request.Form["event"].OfType<string>()];
}

/// <summary>The list.</summary>
/// <param name="Webhooks">The webhooks, oldest first.</param>
public sealed record WebhooksModel(IReadOnlyList<WebhookAnswer> Webhooks);

/// <summary>One webhook, or the form of a new one.</summary>
public sealed record WebhookModel : IFormModel
{
    /// <summary>The webhook; null for a new one.</summary>
    public WebhookAnswer? Webhook { get; init; }

    /// <summary>What it was sent.</summary>
    public DeliveryList Deliveries { get; init; } = new([], null);

    /// <summary>Of which state those are; null for all.</summary>
    public string? Shown { get; init; }

    /// <summary>Whether these are the latest.</summary>
    public bool IsFirst { get; init; } = true;

    /// <summary>What is in the form.</summary>
    public required WebhookForm Form { get; init; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);
}

/// <summary>What the form of a webhook sends.</summary>
public sealed record WebhookForm
{
    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>Where messages are sent.</summary>
    public string? Url { get; init; }

    /// <summary>What it is told of.</summary>
    public IReadOnlyList<string> Events { get; init; } = [EventTypes.GoalStatusChanged, EventTypes.PatternFound, EventTypes.CesDropped];

    /// <summary>In which form.</summary>
    public string? Format { get; init; }

    /// <summary>Whether it is told what visitors wrote.</summary>
    public bool Comments { get; init; }

    /// <summary>What is to be done, where that is not to save.</summary>
    public string? Do { get; init; }

    internal MessageFormat ReadFormat() => Enum.TryParse<MessageFormat>(Format, ignoreCase: true, out var format) && Enum.IsDefined(format) ? format : MessageFormat.Standard;

    internal static WebhookForm Of(WebhookAnswer webhook) => new()
    {
        Name = webhook.Name,
        Url = webhook.Url,
        Events = webhook.Events,
        Format = webhook.Format.ToString().ToLower(CultureInfo.InvariantCulture),
        Comments = webhook.Comments,
    };
}
