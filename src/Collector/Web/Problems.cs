using Collector.Feedback;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Web;

/// <summary>The errors that routes answer with: problem details (RFC 9457) with the fields that are wrong.</summary>
public static class Problems
{
    /// <summary>The request is wrong in these fields: 400 where the form of something is wrong, and otherwise <paramref name="status"/>.</summary>
    public static ProblemHttpResult Invalid(FieldErrors errors, int status = StatusCodes.Status422UnprocessableEntity) =>
        Because(errors.Malformed ? StatusCodes.Status400BadRequest : status, "The request is not valid; see errors.", errors);

    /// <summary>Unknown, or somebody else's: the two look the same.</summary>
    public static ProblemHttpResult NotFound(string detail) => Because(StatusCodes.Status404NotFound, detail);

    /// <summary>An error of this status, said in a sentence, with the fields that it is about.</summary>
    public static ProblemHttpResult Because(int status, string detail, FieldErrors? errors = null)
    {
        var problem = new ProblemDetails { Status = status, Detail = detail };
        if (errors is { Any: true })
        {
            problem.Extensions["errors"] = errors.ToDictionary();
        }

        return TypedResults.Problem(problem);
    }
}
