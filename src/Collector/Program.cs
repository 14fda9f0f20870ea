using Collector.Ingest;
using Collector.Insights;
using Collector.Operations;
using Collector.Sites;
using Collector.Storage;
using Collector.Surveys;
using Collector.Web;

var demo = args is ["demo", ..];
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = demo ? args[1..] : args, ContentRootPath = AppContext.BaseDirectory });
if (demo)
{
    builder.AddDemo();
}

builder.AddSettings();
builder.AddApi(SitesJson.Default, SurveysJson.Default, IngestJson.Default, InsightsJson.Default);
builder.AddApiDocument();
builder.AddStorage();
builder.AddSites();
builder.AddSurveys();
builder.AddIngest();
builder.AddHealth();

var app = builder.Build();
app.UseApi();
app.UseAuthentication();
app.UseAuthorization();
app.UseSiteAccess();

var visitors = app.MapVisitors();
visitors.MapWidget();
visitors.MapResponses();

var analysts = app.MapAnalysts();
analysts.MapSites();
analysts.MapKeys();

var figures = analysts.MapFigures();
figures.MapCes();
figures.MapTouchpoints();

app.MapHealth();
app.MapApiDocument();

await app.MigrateAsync();
await app.RunAsync();
