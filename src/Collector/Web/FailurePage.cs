namespace Collector.Web;

/// <summary>Lets a route that people open tell them of a failure on a page, and not in problem details.</summary>
/// <param name="For">The page for a status.</param>
public sealed record FailurePage(Func<HttpContext, int, IResult> For);
