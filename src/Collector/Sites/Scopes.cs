using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Collector.Sites;

/// <summary>What a key may do. Each scope is also the name of the policy that asks for it.</summary>
public static class Scopes
{
    /// <summary>Figures, without free text.</summary>
    public const string Read = "read";

    /// <summary>Single responses and free text.</summary>
    public const string Responses = "responses";

    /// <summary>Surveys, groups, goals, changes and webhooks.</summary>
    public const string Manage = "manage";

    /// <summary>The site itself and its keys.</summary>
    public const string Admin = "admin";

    /// <summary>Every site: the operator's key alone. Not a scope that a site's key can have.</summary>
    public const string Operator = "operator";

    internal const string ScopeClaim = "scope", SiteClaim = "site";

    /// <summary>The scopes that a site's key can have.</summary>
    public static IReadOnlyList<string> OfKeys { get; } = [Read, Responses, Manage, Admin];

    /// <summary>The site that the caller's key belongs to; null for the operator.</summary>
    public static string? Site(this ClaimsPrincipal caller) => caller.FindFirstValue(SiteClaim);

    /// <summary>Whether the caller's key has a scope, where a route gives more to those that have it.</summary>
    public static bool Has(this ClaimsPrincipal caller, string scope) => caller.HasClaim(ScopeClaim, scope);

    internal static void AddTo(AuthorizationOptions options)
    {
        options.DefaultPolicy = new AuthorizationPolicyBuilder(ApiKeyAuthentication.SchemeName).RequireAuthenticatedUser().Build();
        foreach (var scope in OfKeys.Append(Operator))
        {
            options.AddPolicy(scope, policy => policy.AddAuthenticationSchemes(ApiKeyAuthentication.SchemeName).RequireClaim(ScopeClaim, scope));
        }
    }
}
