using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Collector.Feedback;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Web;

/// <summary>Maps exceptions to problem details, once for all routes. A message of ours reaches the caller, one of a library's never does.</summary>
public sealed partial class FailureProblems(ILogger<FailureProblems> logger, TimeProvider time) : IExceptionHandler
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private long saidAt;
    private int unsaid;

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            return true; // Nobody is left to be answered.
        }

        var problem = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                Problems.Because(StatusCodes.Status413PayloadTooLarge, "The body is too large."),
            BadHttpRequestException { InnerException: JsonException json } => Malformed(PointerOf(json), "Has the wrong form, is unknown here, or is missing."),
            BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest, InnerException: null } bad when bad.GetType() == typeof(BadHttpRequestException) => Malformed("", "A body in JSON is needed."),
            BadHttpRequestException bad => Problems.Because(bad.StatusCode, "The request could not be read."),
            DbException or TimeoutException => Problems.Because(StatusCodes.Status503ServiceUnavailable, "The storage cannot take this now. Try again in a moment."),
            _ => Problems.Because(StatusCodes.Status500InternalServerError, "Something went wrong here. It is in the log."),
        };
        var endpoint = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName;
        if (problem.StatusCode == StatusCodes.Status500InternalServerError)
        {
            LogFailure(logger, exception, endpoint);
        }

        if (problem.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            SayUnavailable(endpoint, exception.Message);
            httpContext.Response.Headers.RetryAfter = "1";
        }

        var page = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<FailurePage>();
        await (page?.For(httpContext, problem.StatusCode) ?? problem).ExecuteAsync(httpContext);
        return true;
    }

    // When the storage is out, every request meets it: one line a second, and without its stack, which whoever writes says in full.
    private void SayUnavailable(string? endpoint, string reason)
    {
        Interlocked.Increment(ref unsaid);
        var (now, earlier) = (time.GetTimestamp(), Volatile.Read(ref saidAt));
        if ((earlier == 0 || time.GetElapsedTime(earlier, now) >= Silence) && Interlocked.CompareExchange(ref saidAt, now, earlier) == earlier)
        {
            LogUnavailable(logger, Interlocked.Exchange(ref unsaid, 0), endpoint, reason);
        }
    }

    private static ProblemHttpResult Malformed(string pointer, string message)
    {
        var errors = new FieldErrors();
        errors.AddMalformed(pointer, message);
        return Problems.Invalid(errors);
    }

    // "$.languages[0]" and "$['odd.name'][0]" become the JSON pointers "/languages/0" and "/odd.name/0".
    private static string PointerOf(JsonException exception) => string.Concat(
        PathParts().Matches(exception.Path ?? "").Select(part => "/" + part.Groups["member"].Value
            .Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));

    [GeneratedRegex(@"\.(?<member>[^.\[]+)|\['(?<member>.*?)'\]|\[(?<member>\d+)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PathParts();

    [LoggerMessage(LogLevel.Error, "{Endpoint} failed.")]
    private static partial void LogFailure(ILogger logger, Exception exception, string? endpoint);

    [LoggerMessage(LogLevel.Warning, "{Count} times 503 since this was last said; now {Endpoint}: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, int count, string? endpoint, string reason);
}
