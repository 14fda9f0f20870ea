using System.Data.Common;
using System.Globalization;
using Collector.Feedback;
using Collector.Sites;
using Collector.Surveys;
using Collector.Web;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Ingest.Hosted;

/// <summary>Surveys as pages of their own, for e-mails, QR codes and places that are no page. They need no script, set no cookie, and keep nothing on the device.</summary>
public static class HostedRoutes
{
    /// <summary>Adds what the routes need.</summary>
    public static void AddHosted(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<HostedResponses>();

    /// <summary>Maps the routes. No other page may read them: what is in a form is between the visitor and the collector.</summary>
    public static void MapHosted(this WebApplication app)
    {
        var hosted = app.MapGroup("/s/{siteKey}/{survey}").WithTags("Hosted").AllowAnonymous()
            .WithMetadata(new FailurePage((context, status) =>
                Say(null, HostedAddress.LanguagesOf(context.Request, context.Request.Query["lang"]), status < 500 ? "broken" : "unavailable", status)));

        hosted.MapGet("", GetAsync)
            .WithName("GetHostedSurvey").WithSummary("A survey as a page of its own")
            .Produces<string>(200, "text/html").Produces<string>(403, "text/html").Produces<string>(404, "text/html");

        hosted.MapPost("", PostAsync)
            .WithName("AnswerHostedSurvey").WithSummary("Answer a question on that page")
            .Produces<string>(200, "text/html").Produces<string>(400, "text/html").Produces<string>(403, "text/html").Produces<string>(404, "text/html")
            .Produces<string>(413, "text/html").Produces<string>(415, "text/html").Produces<string>(422, "text/html").Produces<string>(429, "text/html").Produces<string>(503, "text/html");
    }

    /// <summary>
    /// A live survey as a page of its own, for links in e-mails, QR codes and touchpoints that are no page of a site: one question at a time, without a script,
    /// a cookie or anything kept on the device. Its rules on where, when and how often say nothing here: who has the link is asked. Nothing is stored before the
    /// first form is sent, so that mail scanners and previews, which follow links, count for nothing.
    /// </summary>
    /// <param name="siteKey">The site's public key, <c>st_…</c>.</param>
    /// <param name="survey">The survey's name.</param>
    /// <param name="touchpoint">
    /// The page that the answers are about, with or without its scheme: `shop.example/contact`. An address below the site's host that nobody visits names a touchpoint that is no page:
    /// `shop.example/desk/amsterdam`. Where the site lists allowed origins, it must be of one of them. Left out, it is `/s/` and the survey's name, below the site's first allowed origin.
    /// </param>
    /// <param name="lang">The language, such as `nl`; by default the browser's, or else the site's.</param>
    internal static async Task<HostedHtml> GetAsync(
        string siteKey,
        string survey,
        [FromQuery(Name = "touchpoint")] string? touchpoint,
        [FromQuery(Name = "lang")] string? lang,
        HttpRequest request,
        SiteDirectory sites,
        SurveyDirectory surveys,
        HostedResponses responses,
        CancellationToken cancellation)
    {
        var languages = HostedAddress.LanguagesOf(request, lang);
        var site = SiteKey.TryParse(siteKey, out var key) ? await sites.FindAsync(key, cancellation) : null;
        if (site is null || await surveys.FindLiveAsync(site.Id, survey, cancellation) is not { } live)
        {
            return Say(site, languages, "notFound", StatusCodes.Status404NotFound);
        }

        if (!Page.TryParse(HostedAddress.PageOf(touchpoint, site, survey, request), out var page) || !site.Allows(page))
        {
            return Say(site, languages, "elsewhere", StatusCodes.Status403Forbidden);
        }

        var conversation = new HostedConversation(site, live, languages);
        var id = responses.NewId();
        var token = await responses.TokenAsync(site, live, id, cancellation);
        return new HostedHtml(conversation.Ask(live.Questions[0].Id, new Dictionary<string, GivenAnswer>(), id, token));
    }

    /// <summary>
    /// Takes the answer to one question from the page's form, and shows the next question when it is stored. What counts is what is stored of the response and this one answer: a form
    /// that is sent twice, or once more after going back in the browser, takes nothing back.
    /// </summary>
    /// <param name="siteKey">The site's public key, <c>st_…</c>.</param>
    /// <param name="survey">The survey's name.</param>
    /// <param name="touchpoint">The page that the answers are about.</param>
    /// <param name="lang">The language.</param>
    internal static async Task<HostedHtml> PostAsync(
        string siteKey,
        string survey,
        [FromQuery(Name = "touchpoint")] string? touchpoint,
        [FromQuery(Name = "lang")] string? lang,
        HttpRequest request,
        Limits limits,
        SiteDirectory sites,
        SurveyDirectory surveys,
        KnownBots bots,
        HostedResponses responses,
        CancellationToken cancellation)
    {
        var languages = HostedAddress.LanguagesOf(request, lang);
        var site = SiteKey.TryParse(siteKey, out var key) ? await sites.FindAsync(key, cancellation) : null;
        var form = await HostedForm.ReadAsync(request, cancellation);
        if (site is null || await surveys.FindAsync(site.Id, survey, form.Version, cancellation) is not { } asked)
        {
            return Say(site, languages, "notFound", StatusCodes.Status404NotFound);
        }

        if (asked.Find(form.Question) is not { } question || !await responses.IsOursAsync(form, site, asked, cancellation))
        {
            return Say(site, languages, "broken", StatusCodes.Status400BadRequest);
        }

        var url = HostedAddress.PageOf(touchpoint, site, survey, request);
        if (!Page.TryParse(url, out var page) || !site.Allows(page))
        {
            return Say(site, languages, "elsewhere", StatusCodes.Status403Forbidden);
        }

        var conversation = new HostedConversation(site, asked, languages);
        var again = conversation.Ask(question.Id, form.Over([], question), form.Id, form.Token);
        if (form.WrongIn(question) is { } wrong)
        {
            return new HostedHtml(conversation.Refuse(again, wrong), StatusCodes.Status422UnprocessableEntity);
        }

        // After the form is read, unlike the API: so that who must wait finds the answer in the form again.
        if ((limits.Count(request.HttpContext.Connection.RemoteIpAddress) ?? limits.Count(site)) is { } wait)
        {
            return Later(StatusCodes.Status429TooManyRequests, wait);
        }

        try
        {
            return await responses.TakeAsync(form, asked, url, site, conversation.Language, bots.Include(request.Headers.UserAgent), cancellation) is { } turn
                ? new HostedHtml(turn.Next is null ? conversation.Thank() : conversation.Ask(turn.Next, turn.Answers, form.Id, form.Token))
                : Say(site, languages, "notFound", StatusCodes.Status404NotFound);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            return Later(StatusCodes.Status503ServiceUnavailable, TimeSpan.FromSeconds(1)); // Said in the log by whoever stores.
        }

        HostedHtml Later(int status, TimeSpan wait)
        {
            request.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return new HostedHtml(conversation.Fail(again), status);
        }
    }

    private static HostedHtml Say(Site? site, IReadOnlyList<string> languages, string name, int status)
    {
        var text = PageTexts.In([.. languages, .. site?.Languages ?? []], name);
        var again = status == StatusCodes.Status400BadRequest ? PageTexts.In([text.Language], "again") : null;
        return new HostedHtml(new HostedScreen { Site = site, Language = text.Language, Title = text.Words, Message = text, Again = again }, status);
    }
}
