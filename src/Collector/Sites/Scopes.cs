using System.Security.Claims;
using Collector.Web;
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

    // Before a policy allows more: a key that is none and anybody's session are unknown here, and the site is hidden from another one's key.
    private static AccessRow OfKnownKeys { get; } = new()
    {
        Nobody = Passage.Unknown,
        UnknownKey = Passage.Unknown,
        RevokedKey = Passage.Unknown,
        ExpiredKey = Passage.Unknown,
        ReadKey = Passage.Refused,
        ResponsesKey = Passage.Refused,
        ManageKey = Passage.Refused,
        AdminKey = Passage.Refused,
        OthersReadKey = Passage.Hidden,
        OthersResponsesKey = Passage.Hidden,
        OthersManageKey = Passage.Hidden,
        OthersAdminKey = Passage.Hidden,
        OperatorKey = Passage.Through,
        EndedSession = Passage.Unknown,
        UnfinishedSession = Passage.Unknown,
        Stranger = Passage.Unknown,
        Viewer = Passage.Unknown,
        Analyst = Passage.Unknown,
        Owner = Passage.Unknown,
        OthersViewer = Passage.Unknown,
        OthersAnalyst = Passage.Unknown,
        OthersOwner = Passage.Unknown,
        Operator = Passage.Unknown,
    };

    /// <summary>What any key of the site may do: the policy of routes that name none.</summary>
    internal static AccessRow OfAnyKey { get; } =
        OfKnownKeys with { ReadKey = Passage.Through, ResponsesKey = Passage.Through, ManageKey = Passage.Through, AdminKey = Passage.Through };

    /// <summary>The policies, each with what it does with every kind of caller.</summary>
    internal static IReadOnlyDictionary<string, AccessRow> Policies { get; } = new Dictionary<string, AccessRow>(StringComparer.Ordinal)
    {
        [Read] = OfKnownKeys with { ReadKey = Passage.Through },
        [Responses] = OfKnownKeys with { ResponsesKey = Passage.Through },
        [Manage] = OfKnownKeys with { ManageKey = Passage.Through },
        [Admin] = OfKnownKeys with { AdminKey = Passage.Through },
        [Operator] = OfKnownKeys,
    };

    internal static void AddTo(AuthorizationOptions options)
    {
        options.DefaultPolicy = new AuthorizationPolicyBuilder(ApiKeyAuthentication.SchemeName).RequireAuthenticatedUser().Build();
        foreach (var scope in Policies.Keys)
        {
            options.AddPolicy(scope, policy => policy.AddAuthenticationSchemes(ApiKeyAuthentication.SchemeName).RequireClaim(ScopeClaim, scope));
        }
    }
}
