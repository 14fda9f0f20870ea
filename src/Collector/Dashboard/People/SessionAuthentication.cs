using Collector.Dashboard.Shell;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Collector.Sites;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Collector.Dashboard.People;

/// <summary>
/// Knows a person by the cookie of their session. On a page of a site they get the scopes of their role there, as if they came with a key of that site that has them; a site that they are no member of
/// looks to them as one that is not there.
/// </summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> schemes, ILoggerFactory loggers, UrlEncoder encoder, Accounts accounts, Sessions sessions, Members members)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemes, loggers, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Session";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var cancellation = Context.RequestAborted;
        if (SessionCookie.Read(Request) is not { } secret || await sessions.FindAsync(secret, isComplete: true, cancellation) is not { } person)
        {
            return AuthenticateResult.NoResult();
        }

        Context.Features.Set(person);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Id), new Claim(ClaimTypes.Name, person.Name)], Scheme.Name);
        if (Request.RouteValues["site"] is string site)
        {
            var role = await members.RoleAsync(person, site, cancellation);
            identity.AddClaim(new Claim(Scopes.SiteClaim, role is null ? "" : site));
            identity.AddClaims((role is { } known ? Roles.ScopesOf(known) : []).Select(scope => new Claim(Scopes.ScopeClaim, scope)));
        }

        if (person.IsOperator)
        {
            identity.AddClaim(new Claim(Scopes.ScopeClaim, Scopes.Operator));
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var next = HttpMethods.IsGet(Request.Method) && Request.Path != "/" ? $"?next={Uri.EscapeDataString($"{Request.Path}{Request.QueryString}")}" : "";
        Response.Redirect(await accounts.AnyAsync(Context.RequestAborted) ? $"/sign-in{next}" : "/set-up");
    }

    /// <inheritdoc/>
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (!await SiteAccess.TryHideAsync(Context))
        {
            await FailurePages.For(Context, StatusCodes.Status403Forbidden).ExecuteAsync(Context);
        }
    }
}
