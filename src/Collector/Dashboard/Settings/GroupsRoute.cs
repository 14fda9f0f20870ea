using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Insights;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.Settings;

/// <summary>The groups of a site, each with the touchpoints that fall in it.</summary>
internal static class GroupsRoute
{
    private const string Path = "/settings/groups";

    private const int MostShown = 50;

    /// <summary>Maps the pages.</summary>
    public static void MapGroupPages(this RouteGroupBuilder analysts)
    {
        analysts.MapGet(Path, ListAsync);
        analysts.MapGet($"{Path}/new", (PageContext page) => Show(page, new GroupModel { Form = new GroupForm() }));
        analysts.MapPost($"{Path}/new", CreateAsync);
        analysts.MapGet($"{Path}/{{id}}", GetAsync);
        analysts.MapPost($"{Path}/{{id}}", ChangeAsync);
        analysts.MapPost($"{Path}/{{id}}/remove", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(Site site, PageContext page, Memberships memberships, Database database, CancellationToken cancellation)
    {
        var groups = await GroupRoutes.ListAsync(site, new PagingQuery { Limit = "500" }, database, cancellation);
        await using var connection = await database.ReadAsync(cancellation);
        var members = await memberships.OfAsync(connection, site.Id, _ => true, cancellation);
        return HtmlPage.Of<GroupsView, GroupsModel>(page, page.Words.Say("Groups"), new GroupsModel(
            [.. groups.ValueOf<GroupList>()!.Items.OrderBy(group => group.Name, StringComparer.CurrentCultureIgnoreCase)],
            members.ToDictionary(group => group.Id, group => group.Touchpoints.Count, StringComparer.Ordinal)));
    }

    private static async Task<IResult> CreateAsync([FromForm] GroupForm form, Site site, PageContext page, Database database, WidgetFiles files, TimeProvider time, Audit audit, CancellationToken cancellation)
    {
        if (form.Do == "preview")
        {
            return await PreviewAsync(site, page, form, id: null, database, cancellation);
        }

        var made = await GroupRoutes.CreateAsync(
            site,
            new NewGroup { Id = form.IdOrMade, Name = form.Name?.Trim() ?? "", Patterns = form.PatternLines, Journey = form.ReadJourney(), Stage = form.ReadStage() },
            database,
            files,
            time,
            audit,
            cancellation);
        return made.ValueOf<GroupAnswer>() is { } group
            ? Notice.ThenGo(page, page.Words.Say("The group {0} was made.", group.Name), page.SitePath + Path)
            : Show(page, new GroupModel { Form = form, Errors = made.ErrorsOf() });
    }

    private static async Task<IResult> GetAsync(string id, Site site, PageContext page, Database database, CancellationToken cancellation)
    {
        var found = await GroupRoutes.GetAsync(site, id, database, cancellation);
        return found.ValueOf<GroupAnswer>() is { } group ? await PreviewAsync(site, page, GroupForm.Of(group), id, database, cancellation) : page.Refuse(found);
    }

    private static async Task<IResult> ChangeAsync(string id, [FromForm] GroupForm form, Site site, PageContext page, Database database, WidgetFiles files, Audit audit, CancellationToken cancellation)
    {
        if (form.Do == "preview")
        {
            return await PreviewAsync(site, page, form, id, database, cancellation);
        }

        var changed = await GroupRoutes.ReplaceAsync(
            site, id, new GroupRequest { Name = form.Name?.Trim() ?? "", Patterns = form.PatternLines, Journey = form.ReadJourney(), Stage = form.ReadStage() }, database, files, audit, cancellation);
        return changed.ValueOf<GroupAnswer>() is not null
            ? Notice.ThenGo(page, page.Words.Say("Saved."), page.SitePath + Path)
            : Show(page, new GroupModel { Form = form, Id = id, Errors = changed.ErrorsOf() });
    }

    private static async Task<IResult> RemoveAsync(string id, Site site, PageContext page, Database database, Audit audit, CancellationToken cancellation)
    {
        var removed = await GroupRoutes.DeleteAsync(site, id, database, audit, cancellation);
        return removed.ErrorsOf().Count > 0 ? page.Refuse(removed) : Notice.ThenGo(page, page.Words.Say("The group was removed. Its touchpoints and their responses stay."), page.SitePath + Path);
    }

    private static async Task<IResult> PreviewAsync(Site site, PageContext page, GroupForm form, string? id, Database database, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var group = TouchpointGroup.Check(id ?? form.IdOrMade, form.Name?.Trim() ?? "", form.PatternLines, form.ReadJourney(), form.ReadStage(), errors);
        if (group is null)
        {
            return Show(page, new GroupModel { Form = form, Id = id, Errors = errors.ToDictionary() });
        }

        await using var connection = await database.ReadAsync(cancellation);
        var names = await connection.QueryAsync<string>(new CommandDefinition(
            "select name from touchpoints where site = @Id and number > 0 order by name", new { site.Id }, cancellationToken: cancellation));
        var members = names.Where(name => Touchpoint.TryParse(name, out var touchpoint) && group.Holds(touchpoint)).ToList();
        return Show(page, new GroupModel { Form = form, Id = id, Members = new GroupPreview(members.Count, [.. members.Take(MostShown)]) });
    }

    private static HtmlPage Show(PageContext page, GroupModel model) => HtmlPage.Of<GroupView, GroupModel>(
        page, page.Words.Say(model.Id is null ? "New group" : "Group"), model, model.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}

/// <summary>The list.</summary>
/// <param name="Groups">The groups, by name.</param>
/// <param name="Touchpoints">How many touchpoints fall in each, by its id.</param>
public sealed record GroupsModel(IReadOnlyList<GroupAnswer> Groups, IReadOnlyDictionary<string, int> Touchpoints);

/// <summary>The touchpoints that fall in a group.</summary>
/// <param name="Count">How many do.</param>
/// <param name="First">The first of them, by name.</param>
public sealed record GroupPreview(int Count, IReadOnlyList<string> First);

/// <summary>The form of a group.</summary>
public sealed record GroupModel : IFormModel
{
    /// <summary>What is in the form.</summary>
    public required GroupForm Form { get; init; }

    /// <summary>The group that is there; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>What falls in it; null where that was not asked.</summary>
    public GroupPreview? Members { get; init; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);
}
