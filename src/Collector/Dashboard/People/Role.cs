using Collector.Sites;

namespace Collector.Dashboard.People;

/// <summary>What a person may do on a site.</summary>
public enum Role
{
    /// <summary>Sees figures, and no free text.</summary>
    Viewer,

    /// <summary>Also reads comments, and edits surveys, groups, goals and changes.</summary>
    Analyst,

    /// <summary>Also changes the site itself, its keys and its people.</summary>
    Owner,
}

/// <summary>Roles in terms of scopes: a page asks for the same scope as the API's route that does the same.</summary>
internal static class Roles
{
    /// <summary>The scopes of a role.</summary>
    public static IReadOnlyList<string> ScopesOf(Role role) => role switch
    {
        Role.Viewer => [Scopes.Read],
        Role.Analyst => [Scopes.Read, Scopes.Responses, Scopes.Manage],
        _ => Scopes.OfKeys,
    };

    /// <summary>A role as it is stored and sent.</summary>
    public static string NameOf(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Analyst => "analyst",
        _ => "owner",
    };

    /// <summary>Reads such a name; null for any other.</summary>
    public static Role? Parse(string? name) => name switch
    {
        "viewer" => Role.Viewer,
        "analyst" => Role.Analyst,
        "owner" => Role.Owner,
        _ => null,
    };
}
