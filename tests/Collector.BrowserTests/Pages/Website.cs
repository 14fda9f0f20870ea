using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Collector.BrowserTests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Collector.BrowserTests.Pages;

/// <summary>A web site of a test's own, on an address of its own, and a site of its own at the collector: what one test does, no other sees.</summary>
internal sealed class Website : IAsyncDisposable
{
    private static readonly FileExtensionContentTypeProvider Types = new();
    private static readonly string Samples =
        typeof(Website).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Samples").Value!;

    private readonly DemoCollector demo;
    private readonly PageKind kind;
    private readonly string collector, script, attributes;
    private readonly WebApplication web;
    private readonly PhysicalFileProvider pages;
    private string id = "", siteKey = "";

    private Website(DemoCollector demo, PageKind kind, string collector, string script, string attributes)
    {
        (this.demo, this.kind, this.collector, this.script, this.attributes) = (demo, kind, collector, script, attributes);
        pages = new(Path.GetFullPath(Path.Combine(Samples, kind switch { PageKind.Application => "spa/dist", PageKind.Vue => "vue/dist", _ => "shop" })));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0", "http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        web = builder.Build();
        web.Run(ServeAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Address => web.Urls.First();

    /// <summary>The page that a visitor goes to.</summary>
    public string Entrance => Address + kind switch
    {
        PageKind.Application => "/workshops/throwing",
        PageKind.Vue => "/rooms/drizzle",
        PageKind.Frame => "/frame.html",
        PageKind.RightToLeft => "/arabic.html",
        _ => "/contact/",
    };

    /// <summary>The page that the survey is about.</summary>
    public string Page => kind == PageKind.Frame ? $"{Framed}/contact/" : Entrance;

    /// <summary>What the survey says at its end.</summary>
    public string Thanks => kind == PageKind.RightToLeft ? "شكرًا لك. هذا يساعدنا على التحسّن." : "Thank you. This helps us improve.";

    /// <summary>Whether the survey is on a page within the page.</summary>
    public bool IsFramed => kind == PageKind.Frame;

    // It listens twice: what is framed comes from another origin.
    private string Framed => web.Urls.Last();

    /// <summary>Opens it.</summary>
    /// <param name="demo">The collector that runs.</param>
    /// <param name="kind">What its pages are like.</param>
    /// <param name="survey">What is different about its survey, as the API takes it. It shows at once.</param>
    /// <param name="site">What is different about the site.</param>
    /// <param name="script">A script of the pages' own, before the collector's.</param>
    /// <param name="attributes">What stands in the script tag besides its address.</param>
    /// <param name="collector">Where the pages load the script from, when it is not the collector itself.</param>
    public static async Task<Website> OpenAsync(
        DemoCollector demo,
        PageKind kind = PageKind.Shop,
        string survey = """{ "show": { "afterSeconds": 0 } }""",
        string site = "{}",
        string script = "",
        string attributes = "",
        string? collector = null)
    {
        var website = new Website(demo, kind, collector ?? demo.Collector, script, attributes);
        await website.web.StartAsync();
        var settings = JsonNode.Parse(site)!.AsObject();
        settings["name"] = $"{kind}";
        settings["languages"] ??= new JsonArray(kind == PageKind.RightToLeft ? "ar" : "en");
        settings["allowedOrigins"] = new JsonArray(website.Address, website.Framed);
        var made = await demo.SendAsync(HttpMethod.Post, "/v1/sites", settings);
        (website.id, website.siteKey) = ((string)made["id"]!, (string)made["siteKey"]!);
        await website.ChangeSurveyAsync(JsonNode.Parse(survey)!);
        if (kind == PageKind.RightToLeft)
        {
            await website.ChangeSurveyAsync(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Pages", "arabic.json")))!);
        }

        return website;
    }

    /// <summary>Adds a survey that is live.</summary>
    public Task AddSurveyAsync(string survey)
    {
        var draft = JsonNode.Parse(survey)!;
        draft["state"] = "live";
        draft["questions"] ??= new JsonArray(new JsonObject { ["standard"] = "single-ease" });
        return demo.SendAsync(HttpMethod.Post, $"/v1/sites/{id}/surveys", draft);
    }

    /// <summary>The score of a page.</summary>
    public async Task<JsonNode> CesAsync(string page) => (await FigureAsync(page))["ces"]!;

    /// <summary>The score of a page, with what stands beside it.</summary>
    public Task<JsonNode> FigureAsync(string page) => demo.SendAsync(HttpMethod.Get, $"/v1/sites/{id}/ces?page={page}");

    /// <summary>How often a survey was shown on a page, and how often answered.</summary>
    public async Task<(int Shown, int Responses)> CountsAsync(string page)
    {
        var items = (await demo.SendAsync(HttpMethod.Get, $"/v1/sites/{id}/touchpoints?page={page}"))["items"]!.AsArray();
        return items is [{ } item] ? ((int)item["shown"]!, (int)item["responses"]!) : (0, 0);
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        pages.Dispose();
    }

    private Task<JsonNode> ChangeSurveyAsync(JsonNode change) => demo.SendAsync(HttpMethod.Patch, $"/v1/sites/{id}/surveys/effort-and-intention", change);

    private async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        context.Response.Headers.CacheControl = "no-store";
        if (kind == PageKind.StrictPolicy)
        {
            context.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self' {collector}; style-src 'self'; img-src data:; connect-src {collector}; require-trusted-types-for 'script'; trusted-types 'none'";
        }

        if (path == "/own.js")
        {
            context.Response.ContentType = "text/javascript";
            await context.Response.WriteAsync(script);
            return;
        }

        var own = Path.Combine(AppContext.BaseDirectory, "Pages", path[1..]);
        var file = File.Exists(own) ? own : pages.GetFileInfo(path).PhysicalPath;
        if (path == "/tag.html")
        {
            file = Path.Combine(Samples, "tag-manager/tag.html");
        }

        if (file is null || !File.Exists(file))
        {
            // An application has one file for all its pages.
            file = pages.GetFileInfo(kind is PageKind.Application or PageKind.Vue ? "/index.html" : $"{path.TrimEnd('/')}/index.html").PhysicalPath;
        }

        if (file is null || !File.Exists(file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!file.EndsWith(".html", StringComparison.Ordinal))
        {
            context.Response.ContentType = Types.TryGetContentType(file, out var type) ? type : null;
            await context.Response.SendFileAsync(file);
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(WithScripts(await File.ReadAllTextAsync(file)));
    }

    // As the owner of a site pastes the tag, once, into each page.
    private string WithScripts(string html) => new StringBuilder(html)
        .Replace("<head>", "<head><script src=\"/witness.js\"></script><script src=\"/own.js\"></script>")
        .Replace("</head>", kind == PageKind.HostileStyles ? "<link rel=\"stylesheet\" href=\"/hostile.css\"></head>" : "</head>")
        .Replace("<script async src=", kind == PageKind.TagManager ? "<script src=\"/container.js\" data-of=" : "<script async src=")
        .Replace("\"http://localhost:5080/st_shopsample0000000000.js\"", $"\"{collector}/{siteKey}.js\" {attributes}")
        .Replace("{shop}", $"{Framed}/contact/")
        .ToString();
}
