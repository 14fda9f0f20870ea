using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Collector.Feedback;
using Collector.Ingest;
using Collector.Insights.Responses;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Transfer;

/// <summary>What a visitor may do with a response of their own: see what is kept of it, and have it erased. The receipt that came with it is all that they have to show.</summary>
public static class OwnResponseRoutes
{
    // A header, since addresses are written down everywhere on the way.
    private const string Header = "Receipt";

    // Parameters with another name in the code are not found by their doc comments.
    private const string SiteKeyIs = "The site's public key.", ReceiptIs = "What the answer to the response had as `receipt`.";

    /// <summary>Maps the routes.</summary>
    public static void MapOwnResponses(this RouteGroupBuilder visitors)
    {
        var own = visitors.MapGroup("/v1/responses/{id:guid}").WithStrictQuery().WithTags("Responses")
            .WithMetadata(AccessRow.OfReceipt)
            .AddEndpointFilter(async (call, next) =>
                call.HttpContext.RequestServices.GetRequiredService<Limits>().Count(call.HttpContext.Connection.RemoteIpAddress) is { } wait
                    ? ResponseRoutes.TooMany(call.HttpContext.Request, wait, "More comes from this address than is taken.")
                    : await next(call));
        own.MapGet("", ReadAsync)
            .WithName("ReadOwnResponse").WithSummary("What is kept of one's own response").WithProblems(400, 404, 429, 503)
            .WithResponseExample(200, ResponsesRoute.Example);
        own.MapDelete("", EraseAsync)
            .WithName("EraseOwnResponse").WithSummary("Have one's own response erased").WithProblems(400, 404, 429, 503);
    }

    /// <summary>
    /// What is kept of a response, for the visitor who gave it: who shows the receipt that they had for it. A wrong receipt, an unknown response and an erased one look the same. Labels, and who handled it, are the
    /// notes of the site's people, and not in it.
    /// </summary>
    /// <param name="id">The response's id.</param>
    internal static async Task<Results<Ok<SingleResponse>, ProblemHttpResult>> ReadAsync(
        Guid id, [FromQuery(Name = "site"), Required, Description(SiteKeyIs)] string? siteKey, [FromHeader(Name = Header), Required, Description(ReceiptIs)] string? receipt, SiteDirectory sites, Receipts receipts, Database database, CancellationToken cancellation) =>
        await FindSiteAsync(id, siteKey, receipt, sites, receipts, cancellation) is { } site && await FindAsync(site, id, database, cancellation) is { } response
            ? TypedResults.Ok(response)
            : NotFound();

    /// <summary>Erases a response for good, at the wish of the visitor who gave it, and shows the receipt that they had for it. What is erased is what the site itself could erase.</summary>
    /// <param name="id">The response's id.</param>
    internal static async Task<Results<NoContent, ProblemHttpResult>> EraseAsync(
        Guid id, [FromQuery(Name = "site"), Required, Description(SiteKeyIs)] string? siteKey, [FromHeader(Name = Header), Required, Description(ReceiptIs)] string? receipt, SiteDirectory sites, Receipts receipts, Database database, TimeProvider time, CancellationToken cancellation) =>
        await FindSiteAsync(id, siteKey, receipt, sites, receipts, cancellation) is { } site
        && (await EraseRoute.EraseAsync(site, id, database, Audit.OfVisitor(time), cancellation)).Result is NoContent erased
            ? erased
            : NotFound();

    private static ProblemHttpResult NotFound() => Problems.NotFound("There is no such response, or this is not its receipt.");

    private static async Task<Site?> FindSiteAsync(Guid id, string? siteKey, string? receipt, SiteDirectory sites, Receipts receipts, CancellationToken cancellation)
    {
        if (receipt is null || !SiteKey.TryParse(siteKey, out var key) || await sites.FindAsync(key, cancellation) is not { } site)
        {
            return null;
        }

        var right = await receipts.ForAsync(site.Id, id, cancellation);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(receipt), Encoding.UTF8.GetBytes(right)) ? site : null;
    }

    // Also one that counts as a bot's: it is theirs all the same. The labels, and who handled it, are notes of the site's people.
    private static async Task<SingleResponse?> FindAsync(Site site, Guid id, Database database, CancellationToken cancellation)
    {
        await using var connection = await database.ReadAsync(cancellation);
        var rows = await ResponseRow.ReadAsync(
            connection,
            "select site, day, answered_at, id from responses where site = @Site and id = @Id and state <> 'erased'",
            isNewestFirst: false,
            new DynamicParameters(new { Site = site.Id, Id = id.ToString() }),
            cancellation);
        return rows is [var row] ? row.ToAnswer([]) with { Handled = null } : null;
    }
}
