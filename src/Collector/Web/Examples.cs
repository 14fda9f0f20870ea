namespace Collector.Web;

/// <summary>An example of a request's body, for the API's document.</summary>
/// <param name="Json">The body.</param>
public sealed record RequestExample(string Json);

/// <summary>An example of a response's body, for the API's document.</summary>
/// <param name="Status">The status it comes with.</param>
/// <param name="Json">The body.</param>
public sealed record ResponseExample(int Status, string Json);

/// <summary>Puts examples beside the routes they show.</summary>
public static class Examples
{
    /// <summary>Shows what to send.</summary>
    public static RouteHandlerBuilder WithRequestExample(this RouteHandlerBuilder route, string json) => route.WithMetadata(new RequestExample(json));

    /// <summary>Shows what comes back.</summary>
    public static RouteHandlerBuilder WithResponseExample(this RouteHandlerBuilder route, int status, string json) =>
        route.WithMetadata(new ResponseExample(status, json));

    /// <summary>Names the errors that a route can answer with, beside those that every route of its group has.</summary>
    public static RouteHandlerBuilder WithProblems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.ProducesValidationProblem(status, "application/problem+json");
        }

        return route;
    }
}
