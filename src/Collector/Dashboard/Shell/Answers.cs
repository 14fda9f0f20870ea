using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Dashboard.Shell;

/// <summary>Takes the answers of the API's routes, which the pages call as any caller does, out of their results.</summary>
internal static class Answers
{
    /// <summary>The answer; null where the route refused.</summary>
    public static T? ValueOf<T>(this INestedHttpResult result)
        where T : class => (result.Result as IValueHttpResult)?.Value as T;

    /// <summary>Why it refused, by field as the API names it: <c>/name</c>, <c>from</c>. Under the empty name what is about the whole. Empty where it did not refuse.</summary>
    public static IReadOnlyDictionary<string, string[]> ErrorsOf(this INestedHttpResult result) => result.Result is not ProblemHttpResult { ProblemDetails: var problem } ? EmptyErrors
        : problem.Extensions.TryGetValue("errors", out var errors) && errors is Dictionary<string, string[]> fields ? fields
        : new Dictionary<string, string[]>(StringComparer.Ordinal) { [""] = [problem.Detail ?? ""] };

    /// <summary>A page that says why it refused, where nobody filled in a form that could say it.</summary>
    public static IResult Refuse(this PageContext page, INestedHttpResult result)
    {
        var status = (result.Result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status500InternalServerError;
        if (status is StatusCodes.Status404NotFound)
        {
            return FailurePages.For(page.Request.HttpContext, status);
        }

        var text = string.Join(" ", result.ErrorsOf().Select(error => error.Key.Length == 0 ? page.Words.Say(error.Value[0]) : $"{error.Key.TrimStart('/')}: {string.Join(" ", error.Value.Select(page.Words.Say))}"));
        var title = page.Words.Say("That did not work");
        return HtmlPage.Of<FailureView, FailureModel>(page, title, new FailureModel(status, title, text), status);
    }

    private static Dictionary<string, string[]> EmptyErrors { get; } = [];
}
