using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;

namespace Collector.Dashboard.Surveys;

/// <summary>The editor of a survey. It saves whole versions; what its other buttons do stays in the form.</summary>
internal static class EditorRoutes
{
    // Twenty questions with twenty choices, in some languages.
    private const int MostFields = 10_000;

    /// <summary>Maps the pages.</summary>
    public static void MapSurveyEditor(this RouteGroupBuilder site)
    {
        site.MapGet("/surveys/{id}", GetAsync);
        site.MapPost("/surveys/{id}", PostAsync).WithFormOptions(valueCountLimit: MostFields);
        site.MapPost("/surveys/{id}/preview", PreviewRoutes.ShowFormAsync).WithFormOptions(valueCountLimit: MostFields);
        site.MapGet("/surveys/{id}/versions/{version:int}", GetVersionAsync);
    }

    private static async Task<IResult> GetAsync(Site site, string id, int? from, PageContext page, Database database, CancellationToken cancellation)
    {
        var found = await SurveyRoutes.GetAsync(site, id, database, cancellation);
        if (found.ValueOf<SurveyAnswer>() is not { } survey)
        {
            return page.Refuse(found);
        }

        var definition = survey.Definition();
        if (from is { } version)
        {
            var earlier = await SurveyRoutes.GetVersionAsync(site, id, version, database, cancellation);
            if (earlier.ValueOf<Survey>() is not { } known)
            {
                return page.Refuse(earlier);
            }

            definition = known;
        }

        return await PageAsync(site, survey, FormOfSurvey.Of(definition, site), page, database, isSaved: from is null, at: null, cancellation);
    }

    private static async Task<IResult> PostAsync(
        Site site, string id, IFormCollection sent, PageContext page, Database database, SurveyChanges changes, CancellationToken cancellation)
    {
        var found = await SurveyRoutes.GetAsync(site, id, database, cancellation);
        if (found.ValueOf<SurveyAnswer>() is not { } survey)
        {
            return page.Refuse(found);
        }

        var form = SurveyForm.Of(sent);
        SurveyState? state = sent["do"].ToString() switch { "live" => SurveyState.Live, "pause" => SurveyState.Paused, "save" => survey.State, _ => null };
        if (state is null)
        {
            var at = FormEdits.Apply(form, sent["do"].ToString(), site);
            return await PageAsync(site, survey, form, page, database, isSaved: false, at, cancellation);
        }

        form.Errors = await SaveAsync(site, id, form, state == survey.State ? null : state, changes, page.Audit, cancellation);
        return form.Errors.Count > 0
            ? await PageAsync(site, survey, form, page, database, isSaved: false, at: null, cancellation)
            : Notice.ThenGo(page, page.Words.Say(state switch { SurveyState.Live => "Saved. Visitors get it within a minute.", SurveyState.Paused => "Saved. It is paused.", _ => "Saved." }), $"{page.SitePath}/surveys/{id}");
    }

    private static async Task<IReadOnlyDictionary<string, string[]>> SaveAsync(Site site, string id, SurveyForm form, SurveyState? state, SurveyChanges changes, Audit audit, CancellationToken cancellation)
    {
        // The check runs here as well, so that what cannot even be read is told together with what is not allowed.
        var errors = new FieldErrors();
        var change = new DraftOfForm(form, site, errors).Read() with { State = state };
        SurveyChanges.Check(change, SurveyChanges.Blank(site, id), site, errors);
        return errors.Any ? errors.ToDictionary() : (await SurveyRoutes.ReplaceAsync(site, id, change, changes, audit, cancellation)).ErrorsOf();
    }

    private static async Task<IResult> GetVersionAsync(Site site, string id, int version, PageContext page, Database database, CancellationToken cancellation)
    {
        var found = await SurveyRoutes.GetAsync(site, id, database, cancellation);
        var read = await SurveyRoutes.GetVersionAsync(site, id, version, database, cancellation);
        return found.ValueOf<SurveyAnswer>() is not { } survey ? page.Refuse(found)
            : read.ValueOf<Survey>() is not { } definition ? page.Refuse(read)
            : HtmlPage.Of<VersionView, VersionModel>(page, page.Words.Say("{0}, version {1}", id, version), new VersionModel
            {
                Survey = survey,
                Definition = definition,
                Languages = site.Languages,
                Groups = await SurveyListRoutes.GroupsAsync(site, database, cancellation),
            });
    }

    private static async Task<IResult> PageAsync(
        Site site, SurveyAnswer survey, SurveyForm form, PageContext page, Database database, bool isSaved, string? at, CancellationToken cancellation)
    {
        var others = (await SurveyRoutes.ListAsync(site, new PagingQuery { Limit = "500" }, database, cancellation)).ValueOf<SurveyList>()!.Items;
        return HtmlPage.Of<EditorView, EditorModel>(
            page,
            survey.Id,
            new EditorModel
            {
                Survey = survey,
                Path = $"{page.SitePath}/surveys/{survey.Id}",
                Form = form,
                IsSaved = isSaved,
                At = at,
                Languages = site.Languages,
                Standard = StandardQuestions.Labels(site.Informal),
                Others = [.. others.Select(other => other.Id).Where(id => id != survey.Id)],
                Groups = await SurveyListRoutes.GroupsAsync(site, database, cancellation),
            },
            form.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
