using Collector.Dashboard.People;
using Collector.Dashboard.Shell;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Dapper;
using Microsoft.Extensions.Options;

namespace Collector.Dashboard.Mail;

/// <summary>Which mail one gets, and the link in each that ends it.</summary>
public static class MailRoutes
{
    private const string Stop = "/mail/stop";

    /// <summary>Adds what writes and sends it.</summary>
    public static void AddMail(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MailSettings>().BindConfiguration("Collector:Mail")
            .Validate<IConfiguration>((settings, configuration) => settings.Fault(configuration["Collector:PublicAddress"]) is not { } fault ? true : throw new OptionsValidationException("Collector:Mail", typeof(MailSettings), [fault]))
            .ValidateOnStart();
        builder.Services.AddSingleton<StopToken>();
        builder.Services.AddSingleton<LetterWriter>();
        builder.Services.AddSingleton<Postman>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Postman>());
    }

    /// <summary>Maps one's own choices.</summary>
    public static void MapMailChoices(this RouteGroupBuilder people)
    {
        people.MapGet("/account/mail", GetAsync);
        people.MapPost("/account/mail", SaveAsync);
    }

    /// <summary>Maps the link that ends a kind of mail. Who has it needs no more: mail programs follow it by themselves (RFC 8058), so that only POST does it.</summary>
    public static void MapMailStop(this IEndpointRouteBuilder app)
    {
        var stop = app.MapGroup("").ExcludeFromDescription().AllowAnonymous().WithMetadata(new Web.FailurePage(FailurePages.For));
        stop.MapGet(Stop, AskAsync);
        stop.MapPost(Stop, StopAsync);
    }

    private static async Task<IResult> GetAsync(PageContext page, Members members, Database database, IOptions<MailSettings> settings, CancellationToken cancellation)
    {
        if (!settings.Value.IsOn)
        {
            return FailurePages.For(page.Request.HttpContext, StatusCodes.Status404NotFound);
        }

        var sites = await members.SitesOfAsync(page.Person!, cancellation);
        var choices = await MailChoices.OfAsync(database, page.Person!.Id, sites.Select(site => site.Id), cancellation);
        return HtmlPage.Of<MailView, MailModel>(page, page.Words.Say("Mail"), new MailModel([.. sites.Select(site => (site, choices[site.Id].Digest, choices[site.Id].Alerts))]));
    }

    private static async Task<IResult> SaveAsync(PageContext page, Members members, SiteDirectory directory, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var form = page.Request.Form;
        foreach (var each in await members.SitesOfAsync(page.Person!, cancellation))
        {
            var (digest, alerts) = (form["digest"].Contains(each.Id), form["alerts"].Contains(each.Id));
            if (await directory.FindAsync(each.Id, cancellation) is { } site)
            {
                var week = DayNumber.Of(Postman.MondayOf(site.DayOf(time.GetUtcNow())).AddDays(-7));
                await database.WriteAsync(transaction => MailChoices.WriteAsync(transaction, site.Id, page.Person!.Id, digest, alerts, week), cancellation);
            }
        }

        return Notice.ThenGo(page, page.Words.Say("Saved."), "/account/mail");
    }

    private static async Task<IResult> AskAsync(PageContext page, string? t, StopToken stop, SiteDirectory directory, CancellationToken cancellation) =>
        stop.Read(t) is { } told && await directory.FindAsync(told.Site, cancellation) is { } site
            ? HtmlPage.Of<StopView, StopModel>(page, page.Words.Say("Mail"), new StopModel(site.Name, told.Kind, t!, IsDone: false))
            : FailurePages.For(page.Request.HttpContext, StatusCodes.Status404NotFound);

    private static async Task<IResult> StopAsync(PageContext page, string? t, StopToken stop, SiteDirectory directory, Database database, CancellationToken cancellation)
    {
        if (stop.Read(t) is not { } told || await directory.FindAsync(told.Site, cancellation) is not { } site)
        {
            return FailurePages.For(page.Request.HttpContext, StatusCodes.Status404NotFound);
        }

        await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                $"update mail_choices set {(told.Kind == "digest" ? "digest" : "alerts")} = 0 where site = @Site and person = @Person", new { told.Site, told.Person }, transaction),
            cancellation);
        return HtmlPage.Of<StopView, StopModel>(page, page.Words.Say("Mail"), new StopModel(site.Name, told.Kind, t!, IsDone: true));
    }
}

/// <summary>One's sites, and which mail one gets of each.</summary>
/// <param name="Sites">The sites.</param>
public sealed record MailModel(IReadOnlyList<(SiteName Site, bool Digest, bool Alerts)> Sites);

/// <summary>The page that a link in a mail leads to.</summary>
/// <param name="Site">The site's name.</param>
/// <param name="Kind"><c>digest</c> or <c>alert</c>.</param>
/// <param name="Token">What the link holds.</param>
/// <param name="IsDone">Whether it has ended.</param>
public sealed record StopModel(string Site, string Kind, string Token, bool IsDone);
