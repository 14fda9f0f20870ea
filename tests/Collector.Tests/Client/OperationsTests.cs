using System.Net;
using System.Text.Json;
using Collector.Client;
using Collector.Tests.Support;
using ClientDevice = Collector.Client.Device;

namespace Collector.Tests.Client;

/// <summary>Each operation of the API's document, called by the client that is made of it, against a collector.</summary>
public sealed class OperationsTests(RunningCollector collector)
{
    private static readonly string[] ForBrowsers = ["GetWidget", "GetWidgetAlone", "GetHostedSurvey", "AnswerHostedSurvey"];

    private static readonly DateOnly Someday = new(2027, 3, 31);

    private static readonly NewGoal Goal = new() { Name = "Easy", Metric = GoalMetric.Easy, Target = 0.7, Date = Someday };

    private static readonly NewChange Change = new() { Title = "Prices", Date = new DateOnly(2026, 11, 20) };

    private static readonly NewGroup Group = new() { Id = "buying", Name = "Buying", Patterns = ["/checkout/**"] };

    private static readonly NewWebhook Webhook = new() { Name = "Desk", Url = "https://receiver.invalid/", Events = ["response.completed"] };

    private static readonly NewSurvey Survey = new() { Id = "scores", State = SurveyState.Live, Questions = [new QuestionDraft { Standard = "ces-2" }, new QuestionDraft { Standard = "nps" }] };

    private static readonly NewTouchpointRule Rule = new() { Pattern = "/products/*" };

    // What is called, and what must come of it.
    private static readonly Dictionary<string, Func<CollectorClient, TestSite, Task>> Calls = new(StringComparer.Ordinal)
    {
        ["GetWidgetSettings"] = async (client, site) => Assert.Equal("effort-and-intention", Assert.Single((await client.GetWidgetSettingsAsync(site.SiteKey)).Surveys).Id),
        ["PostResponse"] = async (client, site) => Assert.NotEmpty((await client.PostResponseAsync(Response(site))).Receipt),
        ["ReadOwnResponse"] = async (client, site) =>
        {
            var stored = await client.PostResponseAsync(Response(site));
            Assert.Equal(stored.Id, (await client.ReadOwnResponseAsync(stored.Id, site.SiteKey, stored.Receipt)).Id);
        },
        ["EraseOwnResponse"] = async (client, site) =>
        {
            var stored = await client.PostResponseAsync(Response(site));
            await client.EraseOwnResponseAsync(stored.Id, site.SiteKey, stored.Receipt);
            Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<CollectorException>(() => client.ReadOwnResponseAsync(stored.Id, site.SiteKey, stored.Receipt))).StatusCode);
        },
        ["CreateSite"] = async (client, _) => Assert.Equal("Bakery", (await client.CreateSiteAsync(new NewSite { Name = "Bakery" })).Name),
        ["ListSites"] = async (client, site) => Assert.Contains(await client.AllSitesAsync().ToListAsync(), each => each.Id == site.Id),
        ["GetSite"] = async (client, site) => Assert.Equal(site.SiteKey, (await client.GetSiteAsync(site.Id)).SiteKey),
        ["ChangeSite"] = async (client, site) =>
        {
            var changed = await client.ChangeSiteAsync(site.Id, new SiteChange { MinimumAnswers = 25 });
            Assert.Equal((25, "Shop"), (changed.MinimumAnswers, changed.Name));
        },
        ["DeleteSite"] = async (client, site) =>
        {
            await client.DeleteSiteAsync(site.Id);
            await NotFoundAsync(() => client.GetSiteAsync(site.Id));
        },
        ["CreateKey"] = async (client, site) => Assert.StartsWith("ck_", (await client.CreateKeyAsync(site.Id, new KeyRequest { Name = "Report", Scopes = ["read"] })).Key, StringComparison.Ordinal),
        ["ListKeys"] = async (client, site) => Assert.Single(await client.AllKeysAsync(site.Id).ToListAsync()),
        ["RevokeKey"] = async (client, site) =>
        {
            await client.RevokeKeyAsync(site.Id, (await client.ListKeysAsync(site.Id)).Items[0].Id);
            Assert.Empty((await client.ListKeysAsync(site.Id)).Items);
        },
        ["CreateSurvey"] = async (client, site) => Assert.Equal(2, (await client.CreateSurveyAsync(site.Id, Survey)).Questions.Count),
        ["ListSurveys"] = async (client, site) => Assert.Single(await client.AllSurveysAsync(site.Id).ToListAsync()),
        ["GetSurvey"] = async (client, site) => Assert.Equal(SurveyState.Live, (await client.GetSurveyAsync(site.Id, "effort-and-intention")).State),
        ["ReplaceSurvey"] = async (client, site) =>
            Assert.Equal(2, (await client.ReplaceSurveyAsync(site.Id, "effort-and-intention", new SurveyChange { State = SurveyState.Live, Questions = [new QuestionDraft { Standard = "ces-2" }] })).Version),
        ["ChangeSurvey"] = async (client, site) => Assert.Equal(SurveyState.Paused, (await client.ChangeSurveyAsync(site.Id, "effort-and-intention", new SurveyChange { State = SurveyState.Paused })).State),
        ["DeleteSurvey"] = async (client, site) =>
        {
            await client.CreateSurveyAsync(site.Id, Survey);
            await client.DeleteSurveyAsync(site.Id, "scores");
            await NotFoundAsync(() => client.GetSurveyAsync(site.Id, "scores"));
        },
        ["GetSurveyVersion"] = async (client, site) => Assert.Equal(1, (await client.GetSurveyVersionAsync(site.Id, "effort-and-intention", 1)).Version),
        ["ExplainSurveys"] = async (client, site) =>
            Assert.Equal("effort-and-intention", (await client.ExplainSurveysAsync(site.Id, page: "https://shop.example/", device: ClientDevice.Mobile)).Survey),
        ["EraseResponse"] = async (client, site) =>
        {
            await client.EraseResponseAsync(site.Id, (await client.ListResponsesAsync(site.Id)).Items[0].Id);
            Assert.Single((await client.ListResponsesAsync(site.Id)).Items);
        },
        ["MarkResponse"] = async (client, site) =>
        {
            await client.MarkResponseAsync(site.Id, (await client.ListResponsesAsync(site.Id, search: "price")).Items[0].Id, new ResponseMarks { Handled = true, Labels = ["price"] });
            Assert.Equal("price", Assert.Single((await client.ListResponsesAsync(site.Id, handled: HandledFilter.Yes)).Items[0].Labels));
        },
        ["ListResponses"] = async (client, site) => Assert.Equal("Where is the price?", Assert.Single(await client.AllResponsesAsync(site.Id, search: "price").ToListAsync()).Answers[^1].Text),
        ["CreateTouchpointRule"] = async (client, site) => Assert.Equal("/products/*", (await client.CreateTouchpointRuleAsync(site.Id, Rule)).Pattern),
        ["ListTouchpointRules"] = async (client, site) => Assert.Empty(await client.AllTouchpointRulesAsync(site.Id).ToListAsync()),
        ["GetTouchpointRule"] = async (client, site) => Assert.Equal(1, (await client.GetTouchpointRuleAsync(site.Id, (await client.CreateTouchpointRuleAsync(site.Id, Rule)).Id)).Position),
        ["ChangeTouchpointRule"] = async (client, site) => Assert.Equal(
            "/p/*", (await client.ChangeTouchpointRuleAsync(site.Id, (await client.CreateTouchpointRuleAsync(site.Id, Rule)).Id, new TouchpointRuleRequest { Pattern = "/p/*" })).Pattern),
        ["DeleteTouchpointRule"] = async (client, site) => await client.DeleteTouchpointRuleAsync(site.Id, (await client.CreateTouchpointRuleAsync(site.Id, Rule)).Id),
        ["CreateGroup"] = async (client, site) => Assert.Equal("Buying", (await client.CreateGroupAsync(site.Id, Group)).Name),
        ["ListGroups"] = async (client, site) =>
        {
            await client.CreateGroupAsync(site.Id, Group);
            Assert.Single(await client.AllGroupsAsync(site.Id).ToListAsync());
        },
        ["GetGroup"] = async (client, site) => Assert.Null((await client.GetGroupAsync(site.Id, (await client.CreateGroupAsync(site.Id, Group)).Id)).Journey),
        ["ReplaceGroup"] = async (client, site) => Assert.Equal(
            "Selling", (await client.ReplaceGroupAsync(site.Id, (await client.CreateGroupAsync(site.Id, Group)).Id, new GroupRequest { Name = "Selling", Patterns = ["/sell"] })).Name),
        ["ChangeGroup"] = async (client, site) => Assert.Equal(
            Journey.Buyer, (await client.ChangeGroupAsync(site.Id, (await client.CreateGroupAsync(site.Id, Group)).Id, new GroupRequest { Journey = Journey.Buyer, Stage = "decision" })).Journey),
        ["DeleteGroup"] = async (client, site) => await client.DeleteGroupAsync(site.Id, (await client.CreateGroupAsync(site.Id, Group)).Id),
        ["CreateGoal"] = async (client, site) => Assert.Equal(Someday, (await client.CreateGoalAsync(site.Id, Goal)).Date),
        ["ListGoals"] = async (client, site) =>
        {
            await client.CreateGoalAsync(site.Id, Goal);
            Assert.Equal(2, Assert.Single(await client.AllGoalsAsync(site.Id).ToListAsync()).Standing!.Answers);
        },
        ["GetGoal"] = async (client, site) => Assert.Equal(GoalStatus.AtRisk, (await client.GetGoalAsync(site.Id, (await client.CreateGoalAsync(site.Id, Goal)).Id)).Standing!.Status),
        ["ChangeGoal"] = async (client, site) => Assert.Equal(0.5, (await client.ChangeGoalAsync(site.Id, (await client.CreateGoalAsync(site.Id, Goal)).Id, new GoalChange { Target = 0.5 })).Target),
        ["DeleteGoal"] = async (client, site) => await client.DeleteGoalAsync(site.Id, (await client.CreateGoalAsync(site.Id, Goal)).Id),
        ["GetGoalHistory"] = async (client, site) => Assert.Single((await client.GetGoalHistoryAsync(site.Id, (await client.CreateGoalAsync(site.Id, Goal)).Id, by: TrendBreakdown.Month)).Items),
        ["CreateChange"] = async (client, site) => Assert.Equal("Prices", (await client.CreateChangeAsync(site.Id, Change)).Title),
        ["ListChanges"] = async (client, site) =>
        {
            await client.CreateChangeAsync(site.Id, Change);
            Assert.Single(await client.AllChangesAsync(site.Id, from: new DateOnly(2026, 11, 1)).ToListAsync());
        },
        ["GetChange"] = async (client, site) => Assert.Equal(Verdict.TooEarly, (await client.GetChangeAsync(site.Id, (await client.CreateChangeAsync(site.Id, Change)).Id)).Effect!.Verdict),
        ["ChangeChange"] = async (client, site) => Assert.Equal("Shown", (await client.ChangeChangeAsync(site.Id, (await client.CreateChangeAsync(site.Id, Change)).Id, new ChangeRequest { Note = "Shown" })).Note),
        ["DeleteChange"] = async (client, site) => await client.DeleteChangeAsync(site.Id, (await client.CreateChangeAsync(site.Id, Change)).Id),
        ["CreateWebhook"] = async (client, site) => Assert.StartsWith("whsec_", (await client.CreateWebhookAsync(site.Id, Webhook)).Secret, StringComparison.Ordinal),
        ["ListWebhooks"] = async (client, site) => Assert.Empty(await client.AllWebhooksAsync(site.Id).ToListAsync()),
        ["GetWebhook"] = async (client, site) => Assert.Equal(MessageFormat.Standard, (await client.GetWebhookAsync(site.Id, (await client.CreateWebhookAsync(site.Id, Webhook)).Id)).Format),
        ["ChangeWebhook"] = async (client, site) => Assert.Equal(
            WebhookState.Paused, (await client.ChangeWebhookAsync(site.Id, (await client.CreateWebhookAsync(site.Id, Webhook)).Id, new WebhookChange { State = WebhookState.Paused })).State),
        ["DeleteWebhook"] = async (client, site) => await client.DeleteWebhookAsync(site.Id, (await client.CreateWebhookAsync(site.Id, Webhook)).Id),
        ["RotateWebhookSecret"] = async (client, site) =>
        {
            var made = await client.CreateWebhookAsync(site.Id, Webhook);
            Assert.NotEqual(made.Secret, (await client.RotateWebhookSecretAsync(site.Id, made.Id)).Secret);
        },
        ["ListDeliveries"] = async (client, site) => Assert.Empty(await client.AllDeliveriesAsync(site.Id, (await client.CreateWebhookAsync(site.Id, Webhook)).Id, DeliveryState.Failed).ToListAsync()),
        ["ReplayDeliveries"] = async (client, site) => Assert.Equal(
            0, (await client.ReplayDeliveriesAsync(site.Id, (await client.CreateWebhookAsync(site.Id, Webhook)).Id, new ReplayRequest { Since = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero) })).Deliveries),
        ["TestWebhook"] = async (client, site) => Assert.Equal("The host's name leads nowhere.", (await client.TestWebhookAsync(site.Id, (await client.CreateWebhookAsync(site.Id, Webhook)).Id)).Error),
        ["ExportResponses"] = async (client, site) => Assert.Equal(2, (await TextAsync(client.ExportResponsesAsync(site.Id))).Count(letter => letter == '\n')),
        ["GetFigureTable"] = async (client, site) => Assert.Contains("shop.example/contact", await TextAsync(client.GetFigureTableAsync(site.Id, "touchpoints")), StringComparison.Ordinal),
        ["ImportResponses"] = async (client, site) => Assert.NotEmpty(await ImportAsync(client, site)),
        ["GetImport"] = async (client, site) =>
        {
            var id = await ImportAsync(client, site);
            while ((await client.GetImportAsync(site.Id, id)).State == ImportState.Running)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            var import = await client.GetImportAsync(site.Id, id);
            Assert.Equal((1, 1, 0), (import.Read, import.Stored, import.Refused));
        },
        ["ListImports"] = async (client, site) =>
        {
            await ImportAsync(client, site);
            Assert.Single(await client.AllImportsAsync(site.Id).ToListAsync());
        },
        ["GetCes"] = async (client, site) =>
        {
            var figure = await client.GetCesAsync(site.Id, page: "https://shop.example/contact", by: Breakdown.Intent);
            Assert.Equal((2, 2.5), (figure.Ces.Answers, figure.Ces.Mean));
            Assert.Equal(["compare"], figure.Breakdown!.Select(part => part.Key).Where(key => key is { Length: > 0 }));
        },
        ["ListTouchpoints"] = async (client, site) => Assert.Equal("shop.example/contact", Assert.Single(await client.AllTouchpointsAsync(site.Id, sort: TouchpointOrder.Ease).ToListAsync()).Touchpoint),
        ["GetNps"] = async (client, site) => Assert.Equal(0, (await client.GetNpsAsync(site.Id)).Nps.Answers),
        ["GetCsat"] = async (client, site) => Assert.Equal(0, (await client.GetCsatAsync(site.Id)).Csat.Answers),
        ["ListIntents"] = async (client, site) => Assert.Contains((await client.ListIntentsAsync(site.Id)).Items, each => each.Intent == "compare"),
        ["GetPatterns"] = async (client, site) => Assert.Equal(2, (await client.GetPatternsAsync(site.Id, lang: SentenceLanguage.Nl)).Answers),
        ["ListPriorities"] = async (client, site) => Assert.Single(await client.AllPrioritiesAsync(site.Id, target: 70).ToListAsync()),
    };

    /// <summary>All operations of the document, whatever is written above.</summary>
    public static TheoryData<string> Operations => [.. Document().Except(ForBrowsers, StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task AnOperationDoesWhatItSays(string operation)
    {
        var site = await collector.NewSiteAsync();
        await site.StoreAsync(site.Response(effort: 2, intent: "compare").Answering("reason", text: "Where is the price?"), site.Response(effort: 3));
        await Calls[operation](CollectorClient.Create(collector.Operator.BaseAddress!, RunningCollector.AdminKey), site);
    }

    [Fact]
    public void NothingIsCalledThatIsNotThere() => Assert.Equal(Document().Except(ForBrowsers, StringComparer.Ordinal).Order(), Calls.Keys.Order());

    private static IEnumerable<string> Document()
    {
        using var api = JsonDocument.Parse(File.ReadAllText(Snapshot.Path));
        return [.. api.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value.GetProperty("operationId").GetString()!)];
    }

    private static Submission Response(TestSite site) => new()
    {
        Id = Guid.CreateVersion7(),
        Site = site.SiteKey,
        Survey = "effort-and-intention",
        Page = "https://shop.example/contact",
        Revision = 1,
        State = ResponseState.Partial,
        Answers = [new SubmittedAnswer { Question = "effort", Score = 6 }],
        Device = ClientDevice.Desktop,
    };

    private static async Task<string> TextAsync(Task<Stream> reading)
    {
        using var reader = new StreamReader(await reading);
        return await reader.ReadToEndAsync();
    }

    private static async Task<string> ImportAsync(CollectorClient client, TestSite site)
    {
        using var line = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(site.Response(effort: 4).With("answeredAt", "2026-11-02T08:00:00Z").Json.ToJsonString() + "\n"));
        return await client.ImportResponsesAsync(site.Id, line);
    }

    private static async Task NotFoundAsync<T>(Func<Task<T>> call) => Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<CollectorException>(call)).StatusCode);
}
