using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Settings;

/// <summary>The rules by which a site makes touchpoints of its pages, in their order.</summary>
internal static class RulesRoute
{
    private const string Path = "/settings/rules";

    /// <summary>Maps the pages.</summary>
    public static void MapRulePages(this RouteGroupBuilder analysts)
    {
        analysts.MapGet(Path, ListAsync);
        analysts.MapGet($"{Path}/new", (Site site, PageContext page) => Show(page, new RuleModel { Form = new RuleForm(), Rules = site.TouchpointRules.Count }));
        analysts.MapPost($"{Path}/new", CreateAsync);
        analysts.MapGet($"{Path}/{{id}}", GetAsync);
        analysts.MapPost($"{Path}/{{id}}", ChangeAsync);
        analysts.MapPost($"{Path}/{{id}}/move", MoveAsync);
        analysts.MapPost($"{Path}/{{id}}/remove", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(Site site, PageContext page, Database database, [FromQuery(Name = "try")] string? address, CancellationToken cancellation)
    {
        var rules = await TouchpointRuleRoutes.ListAsync(site, new PagingQuery { Limit = "500" }, database, cancellation);
        return HtmlPage.Of<RulesView, RulesModel>(page, page.Words.Say("Touchpoint rules"), new RulesModel(rules.ValueOf<TouchpointRuleList>()!, Written.Text(address), TriedAddress.Of(site, address)));
    }

    private static async Task<IResult> GetAsync(string id, Site site, PageContext page, Database database, CancellationToken cancellation)
    {
        var found = await TouchpointRuleRoutes.GetAsync(site, id, database, cancellation);
        return found.ValueOf<TouchpointRuleAnswer>() is { } rule
            ? Show(page, new RuleModel { Form = RuleForm.Of(rule), Id = id, Rules = site.TouchpointRules.Count })
            : page.Refuse(found);
    }

    private static async Task<IResult> CreateAsync([FromForm] RuleForm form, Site site, PageContext page, Database database, SiteDirectory directory, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var position = form.ReadPosition(errors);
        if (form.Do == "preview" || errors.Any)
        {
            return await PreviewAsync(site, page, form, id: null, position, errors, database, cancellation);
        }

        var made = await TouchpointRuleRoutes.CreateAsync(
            site, new NewTouchpointRule { Pattern = form.Pattern?.Trim() ?? "", KeepParameters = form.Parameters, Position = position }, database, directory, time, audit, cancellation);
        return made.ValueOf<TouchpointRuleAnswer>() is not null
            ? Notice.ThenGo(page, page.Words.Say("The rule was made. Stored responses follow in the background."), page.SitePath + Path)
            : Show(page, new RuleModel { Form = form, Errors = made.ErrorsOf(), Rules = site.TouchpointRules.Count });
    }

    private static async Task<IResult> ChangeAsync(
        string id, [FromForm] RuleForm form, Site site, PageContext page, Database database, SiteDirectory directory, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var position = form.ReadPosition(errors);
        if (form.Do == "preview" || errors.Any)
        {
            return await PreviewAsync(site, page, form, id, position, errors, database, cancellation);
        }

        var changed = await TouchpointRuleRoutes.ChangeAsync(
            site, id, new TouchpointRuleRequest { Pattern = form.Pattern?.Trim() ?? "", KeepParameters = form.Parameters, Position = position }, database, directory, time, audit, cancellation);
        return changed.ValueOf<TouchpointRuleAnswer>() is not null
            ? Notice.ThenGo(page, page.Words.Say("Saved. Stored responses follow in the background."), page.SitePath + Path)
            : Show(page, new RuleModel { Form = form, Id = id, Errors = changed.ErrorsOf(), Rules = site.TouchpointRules.Count });
    }

    private static async Task<IResult> MoveAsync(
        string id, [FromForm(Name = "do")] string? way, Site site, PageContext page, Database database, SiteDirectory directory, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var found = await TouchpointRuleRoutes.GetAsync(site, id, database, cancellation);
        if (found.ValueOf<TouchpointRuleAnswer>() is not { } rule)
        {
            return page.Refuse(found);
        }

        var moved = await TouchpointRuleRoutes.ChangeAsync(
            site, id, new TouchpointRuleRequest { Position = Math.Max(1, rule.Position + (way == "up" ? -1 : 1)) }, database, directory, time, audit, cancellation);
        return moved.ErrorsOf().Count > 0 ? page.Refuse(moved) : TypedResults.LocalRedirect(page.SitePath + Path);
    }

    private static async Task<IResult> RemoveAsync(string id, Site site, PageContext page, Database database, SiteDirectory directory, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        var removed = await TouchpointRuleRoutes.DeleteAsync(site, id, database, directory, time, audit, cancellation);
        return removed.ErrorsOf().Count > 0 ? page.Refuse(removed) : Notice.ThenGo(page, page.Words.Say("The rule was removed. Stored responses follow in the background."), page.SitePath + Path);
    }

    private static async Task<IResult> PreviewAsync(
        Site site, PageContext page, RuleForm form, string? id, int? position, FieldErrors errors, Database database, CancellationToken cancellation)
    {
        var rule = TouchpointRule.Check(form.Pattern?.Trim() ?? "", form.Parameters, errors);
        var model = new RuleModel { Form = form, Id = id, Errors = errors.ToDictionary(), Rules = site.TouchpointRules.Count };
        if (rule is null || errors.Any)
        {
            return Show(page, model);
        }

        var stored = (await TouchpointRuleRoutes.ListAsync(site, new PagingQuery { Limit = "500" }, database, cancellation)).ValueOf<TouchpointRuleList>()!.Items;
        var own = stored.FirstOrDefault(other => other.Id == id);
        var rules = stored.Where(other => other != own).Select(other => TouchpointRule.Check(other.Pattern, other.KeepParameters, errors)!).ToList();
        rules.Insert(Math.Clamp((position ?? own?.Position ?? int.MaxValue) - 1, 0, rules.Count), rule);
        return Show(page, model with
        {
            Preview = await RulePreview.ReadAsync(database, site, rules, cancellation),
            Tried = TriedAddress.Of(site with { TouchpointRules = rules }, form.Try),
            KeepsNew = form.Parameters.Except(own?.KeepParameters ?? []).Any(),
        });
    }

    private static HtmlPage Show(PageContext page, RuleModel model) => HtmlPage.Of<RuleView, RuleModel>(
        page, page.Words.Say(model.Id is null ? "New rule" : "Rule"), model, model.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}

/// <summary>Where a page of an address falls.</summary>
/// <param name="Touchpoint">The touchpoint; null where the address is none of a page.</param>
/// <param name="IsAllowed">Whether the site takes answers of it.</param>
public sealed record TriedAddress(string? Touchpoint, bool IsAllowed)
{
    internal static TriedAddress? Of(Site site, string? address)
    {
        if (Written.Text(address) is not { } text)
        {
            return null;
        }

        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        return Page.TryParse(url, out var page) ? new TriedAddress(site.Place(page, Page.QueryOf(url)).Touchpoint.Name, site.Allows(page)) : new TriedAddress(null, false);
    }
}

/// <summary>What the form of a rule sends.</summary>
public sealed record RuleForm
{
    /// <summary>The pages.</summary>
    public string? Pattern { get; init; }

    /// <summary>The parameters to keep, one a line.</summary>
    public string? KeepParameters { get; init; }

    /// <summary>Its place; empty for the last, or the one that it has.</summary>
    public string? Position { get; init; }

    /// <summary>An address to try.</summary>
    public string? Try { get; init; }

    /// <summary>What is to be done: <c>preview</c> or <c>save</c>.</summary>
    public string? Do { get; init; }

    internal string[] Parameters => Written.Lines(KeepParameters);

    internal int? ReadPosition(FieldErrors errors)
    {
        if (Written.Text(Position) is null)
        {
            return null;
        }

        var position = Written.Whole(Position, "/position", errors);
        if (position < 1)
        {
            errors.Add("/position", "A whole number from 1.");
        }

        return position;
    }

    internal static RuleForm Of(TouchpointRuleAnswer rule) => new() { Pattern = rule.Pattern, KeepParameters = string.Join('\n', rule.KeepParameters), Position = Written.Of(rule.Position) };
}

/// <summary>The list.</summary>
/// <param name="Rules">The rules, and how far responses have followed them.</param>
/// <param name="Address">The address that is tried.</param>
/// <param name="Tried">Where it falls.</param>
public sealed record RulesModel(TouchpointRuleList Rules, string? Address, TriedAddress? Tried);

/// <summary>The form of a rule.</summary>
public sealed record RuleModel : IFormModel
{
    /// <summary>What is in the form.</summary>
    public required RuleForm Form { get; init; }

    /// <summary>How many rules the site has.</summary>
    public required int Rules { get; init; }

    /// <summary>The rule that is there; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>What would count elsewhere; null where that was not asked.</summary>
    public RulePreview? Preview { get; init; }

    /// <summary>Where the address to try would fall.</summary>
    public TriedAddress? Tried { get; init; }

    /// <summary>Whether it keeps parameters that were dropped so far.</summary>
    public bool KeepsNew { get; init; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);
}
