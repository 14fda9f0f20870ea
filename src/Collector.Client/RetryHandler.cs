using System.Net;
using Polly;
using Polly.Retry;

namespace Collector.Client;

/// <summary>
/// Tries again what may be tried again: what was refused before anything happened (<c>429</c>, for all), and what does the same however often it is done: reading, replacing, removing, and posting a response, which counts
/// once by its id. It waits as long as <c>Retry-After</c> says.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    // Longer than this the caller knows better what to do.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private static readonly ResiliencePropertyKey<HttpRequestMessage> Request = new("request");

    private readonly ResiliencePipeline<HttpResponseMessage>? retrying;

    public RetryHandler(int retries, TimeProvider? time = null) => retrying = retries == 0
        ? null
        : new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(500),
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Context.Properties.TryGetValue(Request, out var request) && MayTryAgain(request, arguments.Outcome)),
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } response ? Wait(response) : null),
                OnRetry = arguments =>
                {
                    arguments.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    /// <summary>What an answer says about when to try again.</summary>
    public static TimeSpan? Wait(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (retrying is null)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Request, request);
        try
        {
            return await retrying.ExecuteAsync(async within => await base.SendAsync(request, within.CancellationToken).ConfigureAwait(false), context).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool MayTryAgain(HttpRequestMessage request, Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Result: { } response } when Wait(response) > LongestWait => false,
        { Result.StatusCode: HttpStatusCode.TooManyRequests } => true,
        { Result.StatusCode: HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout } or { Exception: HttpRequestException } => DoesTheSameAgain(request),
        _ => false,
    };

    private static bool DoesTheSameAgain(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || request.Method == HttpMethod.Put || request.Method == HttpMethod.Delete || request.Method == HttpMethod.Patch
        || (request.Method == HttpMethod.Post && request.RequestUri?.AbsolutePath.EndsWith("/v1/responses", StringComparison.Ordinal) == true);
}
