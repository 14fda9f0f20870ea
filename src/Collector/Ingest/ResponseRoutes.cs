using System.Globalization;
using Collector.Feedback;
using Collector.Sites;
using Collector.Surveys;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Collector.Ingest;

/// <summary>Where responses come in.</summary>
public static class ResponseRoutes
{
    private const string StoredExample =
        """{ "id": "01936f5e-7a3c-7d4e-8f90-123456789abc", "receipt": "mQ3v0kXy2p8sWc7dTn1aZe" }""";

    /// <summary>Adds the writer that stores them, and what happens to them later: they follow the site's rules, and go when their time is over.</summary>
    public static void AddIngest(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Receipts>();
        builder.Services.AddSingleton<KnownBots>();
        builder.Services.AddSingleton<IngestMetrics>();
        builder.Services.AddSingleton<ResponseWriter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ResponseWriter>());
        builder.Services.AddSingleton<Placing>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Placing>());
        builder.Services.AddSingleton<Retention>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Retention>());
        builder.Services.AddSingleton(new WebhookEvent(EventTypes.ResponseCompleted, typeof(CompletedResponse), "A visitor reached the end of a survey"));
    }

    /// <summary>Maps the route.</summary>
    public static void MapResponses(this RouteGroupBuilder visitors) => visitors.MapPost("/v1/responses", PostAsync)
        .WithTags("Responses")
        .WithName("PostResponse").WithSummary("Store a response, or a later revision of it")
        .Accepts<Submission>("application/json", "text/plain")
        .WithProblems(400, 403, 404, 409, 413, 415, 422, 429, 503)
        .WithRequestExample(
            """
            { "id": "01936f5e-7a3c-7d4e-8f90-123456789abc", "site": "st_5wGm2kQ8rT1xV7zB4nYc9D", "survey": "effort-and-intention",
              "surveyVersion": 1, "visit": "01936f5e-7a3c-7d4e-8f90-cba987654321", "page": "https://shop.example/contact",
              "revision": 2, "state": "partial",
              "answers": [ { "question": "effort", "score": 6 }, { "question": "intent", "choice": "compare" },
                           { "question": "success", "choice": "partly" },
                           { "question": "reason", "text": "Could not find the price" } ],
              "language": "nl", "device": "mobile",
              "context": { "referrer": "https://search.example/", "pagesInVisit": 4, "secondsInVisit": 183 },
              "tags": { "segment": "business" }, "answeredAt": "2026-11-22T09:30:00Z" }
            """)
        .WithResponseExample(200, StoredExample)
        .WithResponseExample(201, StoredExample);

    /// <summary>
    /// Each revision carries the whole response so far. The answer comes after the response is durable on disk: 201 the first
    /// time, 200 after that. A higher revision replaces; a repeated or an older one changes nothing; the same revision with
    /// other content is a conflict. A response with anything wrong in it is refused whole, with every error named. When more come
    /// from one address or for one site than are taken, 429 says when to try again. What a bot seems to have sent (its user agent is a known bot's, the
    /// field `website` is filled in, or the answers follow faster on the revision `shown` than people can give them) gets the same reply, and is left out of the figures.
    /// </summary>
    internal static async Task<Results<Created<Stored>, Ok<Stored>, ProblemHttpResult>> PostAsync(
        HttpRequest request,
        Limits limits,
        SiteDirectory sites,
        SurveyDirectory surveys,
        KnownBots bots,
        ResponseWriter writer,
        Receipts receipts,
        TimeProvider time,
        CancellationToken cancellation)
    {
        if (limits.Count(request.HttpContext.Connection.RemoteIpAddress) is { } addressMustWait)
        {
            return TooMany(request, addressMustWait, "More responses come from this address than are taken.");
        }

        if (!IsJson(request))
        {
            return Problems.Because(StatusCodes.Status415UnsupportedMediaType, "Send application/json or text/plain, in UTF-8, not compressed.");
        }

        var errors = new FieldErrors();
        var (fits, submission) = await RequestBody.ReadAsync(request, errors, cancellation);
        if (!fits)
        {
            return Problems.Because(StatusCodes.Status413PayloadTooLarge, "A body has at most 64 KB.");
        }

        if (submission is null)
        {
            return Problems.Invalid(errors);
        }

        var site = SiteKey.TryParse(submission.Site, out var key) ? await sites.FindAsync(key, cancellation) : null;
        if (site is null && submission.Site is not null)
        {
            errors.Add("/site", "There is no site with this key.");
        }

        if (site is not null && limits.Count(site) is { } siteMustWait)
        {
            return TooMany(request, siteMustWait, "More responses come for this site than are taken.");
        }

        var survey = site is null ? null : await ResponseCheck.FindSurveyAsync(submission.Survey, submission.SurveyVersion, site, surveys, errors, cancellation);
        var now = time.GetUtcNow();
        var response = ResponseCheck.Check(submission, bots.Include(request.Headers.UserAgent), site, survey, now, errors);
        if (site is null || response is null)
        {
            return Problems.Invalid(errors, site is null ? StatusCodes.Status404NotFound : StatusCodes.Status422UnprocessableEntity);
        }

        if (!site.Allows(response.Page))
        {
            errors.Add("/page", ResponseCheck.NotAllowed);
            return Problems.Invalid(errors, StatusCodes.Status403Forbidden);
        }

        var arrival = Arrival.Of(response, site, now);
        if (writer.TryStore(arrival) is not { } storing)
        {
            request.HttpContext.Response.Headers.RetryAfter = "1";
            return Problems.Because(StatusCodes.Status503ServiceUnavailable, "More responses come in than can be stored. Try again in a moment.");
        }

        // Not cancelled with the request: it is in the queue, and will be stored.
        var outcome = await storing;
        if (outcome == Outcome.Conflict)
        {
            errors.Add("/revision", "This revision is there already, with other content.");
            return Problems.Invalid(errors, StatusCodes.Status409Conflict);
        }

        var stored = new Stored(response.Id, await receipts.ForAsync(site.Id, response.Id, cancellation));
        return outcome == Outcome.Created
            ? TypedResults.Created($"/v1/responses/{stored.Id}?site={site.Key}", stored)
            : TypedResults.Ok(stored);
    }

    internal static ProblemHttpResult TooMany(HttpRequest request, TimeSpan wait, string detail)
    {
        request.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Problems.Because(StatusCodes.Status429TooManyRequests, detail);
    }

    private static bool IsJson(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString() is "" or "identity"
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
        && (type.Charset.Length == 0 || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
