using System.Data.Common;
using System.Text.Json;
using Collector.Feedback;
using Microsoft.AspNetCore.Diagnostics;

namespace Collector.Web;

/// <summary>Maps exceptions to problem details, once for all routes. A message of ours reaches the caller, one of a library's never does.</summary>
public sealed partial class FailureProblems(ILogger<FailureProblems> logger) : IExceptionHandler
{
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
            BadHttpRequestException { InnerException: JsonException json } => Malformed(json),
            BadHttpRequestException bad => Problems.Because(bad.StatusCode, "The request could not be read."),
            DbException => Problems.Because(StatusCodes.Status503ServiceUnavailable, "The storage cannot take this now. Try again in a moment."),
            _ => Problems.Because(StatusCodes.Status500InternalServerError, "Something went wrong here. It is in the log."),
        };
        if (problem.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            LogFailure(logger, exception, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName);
        }

        if (problem.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = "1";
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Malformed(JsonException exception)
    {
        var errors = new FieldErrors();

        // "$.languages[0]" becomes the JSON pointer "/languages/0".
        var pointer = (exception.Path ?? "$")[1..].Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        errors.AddMalformed(pointer, "Has the wrong form, is unknown here, or is missing.");
        return Problems.Invalid(errors);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Endpoint} failed.")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, string? endpoint);
}
