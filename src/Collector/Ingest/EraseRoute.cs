using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Ingest;

/// <summary>Erasing a response.</summary>
public static class EraseRoute
{
    /// <summary>Maps the route.</summary>
    public static void MapErase(this RouteGroupBuilder analysts) => analysts.MapDelete("/v1/sites/{site}/responses/{id:guid}", EraseAsync)
        .RequireAuthorization(Scopes.Responses)
        .WithTags("Responses")
        .WithName("EraseResponse").WithSummary("Erase a response").WithProblems(400, 404);

    /// <summary>
    /// Erases a response for good: its answers, page, visit and tags are gone from the disk, and the figures follow at once. Its id
    /// alone is kept, so that a revision that is still on its way does not bring it back.
    /// </summary>
    /// <param name="id">The response's id.</param>
    internal static async Task<Results<NoContent, ProblemHttpResult>> EraseAsync(Site site, Guid id, Database database, Audit audit, CancellationToken cancellation) =>
        await database.WriteAsync(
            async transaction =>
            {
                var wasThere = await ResponseStore.EraseAsync(transaction, site.Id, id, cancellation);
                if (wasThere)
                {
                    await audit.WriteAsync(transaction, site.Id, Act.ResponseErased, id.ToString());
                }

                return wasThere;
            },
            cancellation)
            ? TypedResults.NoContent()
            : Problems.NotFound("There is no such response.");
}
