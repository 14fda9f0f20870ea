using System.Net;

namespace Collector.Client;

/// <summary>The collector did not do what was asked, and said why.</summary>
public sealed class CollectorException : Exception
{
    /// <summary>An answer that is no error by its status, and cannot be read either.</summary>
    public CollectorException(string message, int statusCode, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers, Exception? innerException)
        : base(message, innerException) => (StatusCode, Response, Headers) = ((HttpStatusCode)statusCode, response, headers);

    internal CollectorException(HttpStatusCode status, string detail, IReadOnlyDictionary<string, IReadOnlyList<string>> errors, TimeSpan? retryAfter, string response)
        : base(Sentence(status, detail, errors))
    {
        StatusCode = status;
        Detail = detail;
        Errors = errors;
        RetryAfter = retryAfter;
        Response = response;
    }

    /// <summary>The status of the answer.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>Why, in a sentence.</summary>
    public string Detail { get; } = "";

    /// <summary>What is wrong with the request, by field: a JSON pointer such as <c>/answers/0/score</c>, or the name of a parameter. Empty where it is about no field.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>When to try again, with <c>429</c> and <c>503</c>.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The body of the answer.</summary>
    public string? Response { get; }

    /// <summary>The headers of an answer that could not be read.</summary>
    public IReadOnlyDictionary<string, IEnumerable<string>> Headers { get; } = new Dictionary<string, IEnumerable<string>>();

    private static string Sentence(HttpStatusCode status, string detail, IReadOnlyDictionary<string, IReadOnlyList<string>> errors) =>
        $"{(int)status}: {detail}{string.Concat(errors.Select(error => $" {(error.Key.Length == 0 ? "" : error.Key + ": ")}{string.Join(' ', error.Value)}"))}";
}
