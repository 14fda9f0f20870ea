using System.Globalization;
using Collector.Feedback;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Insights.Responses;

/// <summary>Labels on responses, and that they were handled.</summary>
internal static class ResponseMarksRoute
{
    /// <summary>Maps the route.</summary>
    public static void MapMarks(this RouteGroupBuilder responses) => responses.MapPatch("/{id:guid}", ChangeAsync)
        .WithName("MarkResponse").WithSummary("Label a response, or mark it as handled").WithProblems(400, 404, 413, 415, 422)
        .WithRequestExample("""{ "handled": true, "labels": ["form"] }""");

    /// <summary>Labels a response, or marks it as handled or open again. The marks go when the response is erased, on request or when its time is over.</summary>
    /// <param name="id">The response's id.</param>
    internal static Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(
        Site site, Guid id, ResponseMarks request, Database database, TimeProvider time, CancellationToken cancellation) =>
        MarkAsync(site, id, request, by: null, database, time, cancellation);

    /// <summary>The same, by somebody whose name is known.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> MarkAsync(
        Site site, Guid id, ResponseMarks request, string? by, Database database, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var labels = ReadLabels(request.Labels, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var response = id.ToString();
        var isThere = await database.WriteAsync(
            site.Id,
            async transaction =>
            {
                if (!await ResponseMarkRows.IsThereAsync(transaction, site.Id, response, cancellation))
                {
                    return false;
                }

                if (labels is not null)
                {
                    await ResponseMarkRows.LabelAsync(transaction, site.Id, response, labels, cancellation);
                }

                await (request.Handled switch
                {
                    true => ResponseMarkRows.HandleAsync(transaction, site.Id, response, by, time.GetUtcNow(), cancellation),
                    false => ResponseMarkRows.ReopenAsync(transaction, site.Id, response, cancellation),
                    null => Task.CompletedTask,
                });
                return true;
            },
            cancellation);
        return isThere ? TypedResults.NoContent() : Problems.NotFound("There is no such response.");
    }

    private static List<string>? ReadLabels(IReadOnlyList<string>? given, FieldErrors errors)
    {
        if (given is null)
        {
            return null;
        }

        if (given.Count > ResponseLabel.Most)
        {
            errors.Add("/labels", string.Create(CultureInfo.InvariantCulture, $"At most {ResponseLabel.Most} labels."));
            return null;
        }

        var labels = new List<string>();
        foreach (var (i, text) in given.Index())
        {
            if (ResponseLabel.Read(text) is not { } label)
            {
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"/labels/{i}"), ResponseLabel.Rule);
            }
            else if (!labels.Contains(label, StringComparer.Ordinal))
            {
                labels.Add(label);
            }
        }

        return labels;
    }
}
