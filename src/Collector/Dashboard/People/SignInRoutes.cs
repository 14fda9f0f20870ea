using Collector.Dashboard.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Dashboard.People;

/// <summary>Signing in, by password and by second factor where there is one, and out.</summary>
internal static class SignInRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapSignIn(this RouteGroupBuilder pages)
    {
        var anybody = pages.MapGroup("").AllowAnonymous();
        anybody.MapGet("/sign-in", GetAsync);
        anybody.MapPost("/sign-in", PostAsync);
        anybody.MapPost("/sign-in/code", PostCodeAsync);
    }

    /// <summary>Maps signing out, which only who has signed in can do.</summary>
    public static void MapSignOut(this RouteGroupBuilder people) => people.MapPost("/sign-out", SignOutAsync);

    private static async Task<IResult> GetAsync(PageContext page, Accounts accounts, [FromQuery] string? next, CancellationToken cancellation) =>
        await accounts.AnyAsync(cancellation) ? Show(page, new SignInModel { Next = LocalPath(next) }) : TypedResults.LocalRedirect("/set-up");

    private static async Task<IResult> PostAsync(
        [FromForm] SignInForm form, PageContext page, Accounts accounts, Sessions sessions, Attempts attempts, CancellationToken cancellation)
    {
        var email = EmailAddress.Normal(form.Email);
        var model = new SignInModel { Next = LocalPath(form.Next), Email = form.Email };
        if (attempts.Count(page.Request.HttpContext.Connection.RemoteIpAddress, email) is { } wait)
        {
            page.Request.HttpContext.Response.Headers.RetryAfter = Attempts.Seconds(wait);
            return Show(page, model with { Wait = wait }, StatusCodes.Status429TooManyRequests);
        }

        if (await accounts.FindAsync(email, form.Password ?? "", cancellation) is not { } person)
        {
            return Show(page, model with { IsWrong = true }, StatusCodes.Status422UnprocessableEntity);
        }

        var isComplete = person.TotpKey is null;
        await BeginAsync(page, person, isComplete, sessions, cancellation);
        return isComplete ? TypedResults.LocalRedirect(model.Next) : Show(page, model with { AsksCode = true });
    }

    private static async Task<IResult> PostCodeAsync(
        [FromForm] CodeForm form, PageContext page, Accounts accounts, Sessions sessions, Attempts attempts, CancellationToken cancellation)
    {
        if (SessionCookie.Read(page.Request) is not { } secret || await sessions.FindAsync(secret, isComplete: false, cancellation) is not { } person)
        {
            return TypedResults.LocalRedirect("/sign-in");
        }

        var model = new SignInModel { Next = LocalPath(form.Next), AsksCode = true };
        if (attempts.Count(page.Request.HttpContext.Connection.RemoteIpAddress, $"code of {person.Id}") is { } wait)
        {
            page.Request.HttpContext.Response.Headers.RetryAfter = Attempts.Seconds(wait);
            return Show(page, model with { Wait = wait }, StatusCodes.Status429TooManyRequests);
        }

        if (person.TotpKey is null || !await accounts.TakeCodeAsync(person, form.Code, cancellation))
        {
            return Show(page, model with { IsWrong = true }, StatusCodes.Status422UnprocessableEntity);
        }

        await sessions.EndAsync(secret, cancellation);
        await BeginAsync(page, person, isComplete: true, sessions, cancellation);
        return TypedResults.LocalRedirect(model.Next);
    }

    private static async Task<IResult> SignOutAsync(PageContext page, Sessions sessions, CancellationToken cancellation)
    {
        if (SessionCookie.Read(page.Request) is { } secret)
        {
            await sessions.EndAsync(secret, cancellation);
        }

        SessionCookie.Remove(page.Request.HttpContext);
        return TypedResults.LocalRedirect("/sign-in");
    }

    /// <summary>Begins a session under a new secret: one that somebody may have planted in the browser before opens nothing.</summary>
    internal static async Task BeginAsync(PageContext page, Person person, bool isComplete, Sessions sessions, CancellationToken cancellation)
    {
        if (SessionCookie.Read(page.Request) is { } before)
        {
            await sessions.EndAsync(before, cancellation);
        }

        SessionCookie.Write(page.Request.HttpContext, await sessions.BeginAsync(person, isComplete, cancellation), isComplete);
    }

    private static HtmlPage Show(PageContext page, SignInModel model, int status = StatusCodes.Status200OK) =>
        HtmlPage.Of<SignInView, SignInModel>(page, page.Words.Say("Sign in"), model, status);

    // Nowhere but here: "//elsewhere" and "/\elsewhere" are addresses of others.
    private static string LocalPath(string? next) => next is ['/', ..] && (next.Length == 1 || next[1] is not ('/' or '\\')) && !next.Any(char.IsControl) ? next : "/";
}

/// <summary>What the sign-in form sends.</summary>
internal sealed record SignInForm
{
    public string? Email { get; init; }
    public string? Password { get; init; }
    public string? Next { get; init; }
}

/// <summary>What the form for the second factor sends.</summary>
internal sealed record CodeForm
{
    public string? Code { get; init; }
    public string? Next { get; init; }
}

/// <summary>The sign-in page.</summary>
public sealed record SignInModel
{
    /// <summary>Where to go then.</summary>
    public required string Next { get; init; }

    /// <summary>The address that was given.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the password was right, and the code of the second factor is asked.</summary>
    public bool AsksCode { get; init; }

    /// <summary>Whether what was given is wrong.</summary>
    public bool IsWrong { get; init; }

    /// <summary>How long to wait after too many attempts.</summary>
    public TimeSpan? Wait { get; init; }
}
