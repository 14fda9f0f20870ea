using Collector.Sites;
using Collector.Web;
using Microsoft.AspNetCore.Authorization;

namespace Collector.Dashboard.People;

/// <summary>Who may see which pages, by the session that their browser's cookie names.</summary>
internal static class PagePolicies
{
    /// <summary>For whoever has signed in.</summary>
    public const string SignedIn = "signed in";

    // Before a policy allows more: keys are unknown here, and the site is hidden from who is no member.
    private static AccessRow OfMembers { get; } = new()
    {
        Nobody = Passage.Unknown,
        UnknownKey = Passage.Unknown,
        RevokedKey = Passage.Unknown,
        ExpiredKey = Passage.Unknown,
        ReadKey = Passage.Unknown,
        ResponsesKey = Passage.Unknown,
        ManageKey = Passage.Unknown,
        AdminKey = Passage.Unknown,
        OthersReadKey = Passage.Unknown,
        OthersResponsesKey = Passage.Unknown,
        OthersManageKey = Passage.Unknown,
        OthersAdminKey = Passage.Unknown,
        OperatorKey = Passage.Unknown,
        EndedSession = Passage.Unknown,
        UnfinishedSession = Passage.Unknown,
        Stranger = Passage.Hidden,
        Viewer = Passage.Refused,
        Analyst = Passage.Refused,
        Owner = Passage.Refused,
        OthersViewer = Passage.Hidden,
        OthersAnalyst = Passage.Hidden,
        OthersOwner = Passage.Hidden,
        Operator = Passage.Through,
    };

    private static AccessRow OfAllMembers { get; } = OfMembers with { Viewer = Passage.Through, Analyst = Passage.Through, Owner = Passage.Through };

    /// <summary>The policies, each with what it does with every kind of caller.</summary>
    public static IReadOnlyDictionary<string, AccessRow> All { get; } = new Dictionary<string, AccessRow>(StringComparer.Ordinal)
    {
        [SignedIn] = OfAllMembers with { Stranger = Passage.Through },
        [Of(Scopes.Read)] = OfAllMembers,
        [Of(Scopes.Responses)] = OfMembers with { Analyst = Passage.Through, Owner = Passage.Through },
        [Of(Scopes.Manage)] = OfMembers with { Analyst = Passage.Through, Owner = Passage.Through },
        [Of(Scopes.Admin)] = OfMembers with { Owner = Passage.Through },
        [Of(Scopes.Operator)] = OfMembers,
    };

    /// <summary>The policy that asks for a scope.</summary>
    public static string Of(string scope) => $"session {scope}";

    /// <summary>Adds them.</summary>
    public static void AddTo(AuthorizationOptions options)
    {
        options.AddPolicy(SignedIn, policy => policy.AddAuthenticationSchemes(SessionAuthentication.SchemeName).RequireAuthenticatedUser());
        foreach (var scope in Scopes.Policies.Keys)
        {
            options.AddPolicy(Of(scope), policy => policy.AddAuthenticationSchemes(SessionAuthentication.SchemeName).RequireAuthenticatedUser().RequireClaim(Scopes.ScopeClaim, scope));
        }
    }
}
