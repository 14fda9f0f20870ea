using Collector.Dashboard;
using Collector.Dashboard.Changes;
using Collector.Dashboard.Comments;
using Collector.Dashboard.Goals;
using Collector.Dashboard.Journeys;
using Collector.Dashboard.Mail;
using Collector.Dashboard.Overview;
using Collector.Dashboard.Patterns;
using Collector.Dashboard.People;
using Collector.Dashboard.Priorities;
using Collector.Dashboard.Settings;
using Collector.Dashboard.Start;
using Collector.Dashboard.Surveys;
using Collector.Dashboard.Touchpoints;
using Collector.Ingest;
using Collector.Ingest.Hosted;
using Collector.Insights;
using Collector.Insights.Changes;
using Collector.Insights.Goals;
using Collector.Insights.Responses;
using Collector.Operations;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Collector.Transfer;
using Collector.Transfer.Incoming;
using Collector.Web;
using Collector.Webhooks;

var typed = Verbs.Read(args);
if (typed.ExitCode is { } exitCode)
{
    return exitCode;
}

if (typed.Verb == "health")
{
    return await Health.AskAsync(typed.Settings, Console.Out, Console.Error, CancellationToken.None);
}

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = typed.Settings, ContentRootPath = AppContext.BaseDirectory });
if (typed.Verb == "demo")
{
    builder.AddDemo();
}

builder.AddSettings();
builder.AddTrustedProxies();
builder.AddApi(SitesJson.Default, SurveysJson.Default, IngestJson.Default, InsightsJson.Default, TransferJson.Default, WebhooksJson.Default);
builder.AddApiDocument();
builder.AddStorage();
builder.AddSites();
builder.AddSurveys();
builder.AddIngest();
builder.AddLimits();
builder.AddHosted();
builder.AddFigures();
builder.AddWebhooks();
builder.AddImports();
builder.AddDashboard();
builder.AddMail();
builder.AddHealth();
builder.AddTelemetry();
builder.AddStopping();
builder.Services.AddHostedService<ChangesElsewhere>();
builder.Services.AddSingleton<Backup>();
builder.Services.AddSingleton<Check>();
builder.Services.AddSingleton<Keys>();
builder.Services.AddSingleton<Move>();
builder.Services.AddSingleton<TransferVerbs>();

var app = builder.Build();
app.UseTrustedProxies();
app.UseSafeHeaders();
app.UseApi();
app.UseFailurePages();
app.UseAuthorization();
app.UseSiteAccess();

var visitors = app.MapVisitors();
visitors.MapWidget();
visitors.MapResponses();
visitors.MapOwnResponses();
app.MapHosted();

var analysts = app.MapAnalysts();
analysts.MapSites();
analysts.MapKeys();
analysts.MapSurveys();
analysts.MapExplain();
analysts.MapTouchpointRules();
analysts.MapGroups();
analysts.MapErase();
analysts.MapGoals();
analysts.MapChanges();
analysts.MapSingleResponses();
analysts.MapWebhooks();
analysts.MapExport();
analysts.MapImports();

var figures = analysts.MapFigures();
figures.MapCes();
figures.MapTouchpoints();
figures.MapNps();
figures.MapCsat();
figures.MapIntents();
figures.MapPatterns();
figures.MapPriorities();
figures.MapFigureTables();

var pages = app.MapPages();
pages.MapSignIn();
pages.MapSetUp();

var people = pages.MapPeople();
people.MapSignOut();
people.MapAccount();
people.MapMailChoices();
people.MapSitesPages();

var readers = people.MapSitePages(Scopes.Read);
readers.MapOverview();
readers.MapTouchpointsPage();
readers.MapTouchpointPage();
readers.MapJourneyPage();
readers.MapPatternsPage();
readers.MapPrioritiesPage();
readers.MapGoalPages();
readers.MapChangePages();

var listeners = people.MapSitePages(Scopes.Responses);
listeners.MapComments();
listeners.MapExportPage();

var editors = people.MapSitePages(Scopes.Manage);
editors.MapGoalForms();
editors.MapChangeForms();
editors.MapSurveyPages();
editors.MapSettings();

var owners = people.MapSitePages(Scopes.Admin);
owners.MapStart();
owners.MapSiteSettings();

app.MapMailStop();

app.MapHealth();
app.MapMetrics();
app.MapApiDocument();

// Before anything opens the database to write: it may belong to a collector that is running.
switch (typed.Verb)
{
    case "check":
        return await app.Services.GetRequiredService<Check>().RunAsync(Console.Out, Console.Error, CancellationToken.None);
    case "backup":
        return await app.Services.GetRequiredService<Backup>().MakeAsync(typed.Argument!, Console.Out, Console.Error, CancellationToken.None);
    case "restore":
        return await app.Services.GetRequiredService<Backup>().RestoreAsync(typed.Argument!, typed.Replaces, Console.Out, Console.Error, CancellationToken.None);
    case "move":
        return await app.Services.GetRequiredService<Move>().RunAsync(app.Configuration["to"], Console.Out, Console.Error, CancellationToken.None);
    default:
        break;
}

if (!await app.TryMigrateAsync())
{
    await app.DisposeAsync(); // The log is written behind: the line that says why would be lost.
    return 1;
}

switch (typed.Verb)
{
    case "keys":
        return await app.Services.GetRequiredService<Keys>().RunAsync(typed.Argument!, app.Configuration, Console.Out, Console.Error, CancellationToken.None);
    case "export":
        return await app.Services.GetRequiredService<TransferVerbs>().ExportAsync(typed.Argument!, app.Configuration, Console.OpenStandardOutput(), Console.Error, CancellationToken.None);
    case "import":
        return await app.Services.GetRequiredService<TransferVerbs>().ImportAsync(typed.Argument!, typed.IsDry, app.Configuration, Console.Out, Console.Error, CancellationToken.None);
    default:
        await app.RunAsync();
        return 0;
}
