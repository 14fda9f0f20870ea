namespace Collector.Dashboard.People;

/// <summary>Somebody with an account.</summary>
public sealed record Person
{
    /// <summary>Its name in routes.</summary>
    public required string Id { get; init; }

    /// <summary>The address that one signs in with, in lower case.</summary>
    public required string Email { get; init; }

    /// <summary>What others call them.</summary>
    public required string Name { get; init; }

    /// <summary>The language of their pages: <c>en</c> or <c>nl</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Whether they may make sites, and are an owner of each.</summary>
    public required bool IsOperator { get; init; }

    /// <summary>The password, hashed.</summary>
    public required string Password { get; init; }

    /// <summary>The key of the second factor, in base32; null without one.</summary>
    public required string? TotpKey { get; init; }

    /// <summary>What is stored of the codes that stand in for it.</summary>
    public required string Recovery { get; init; }

    /// <summary>When the account was made, in milliseconds since 1970.</summary>
    public required long CreatedAt { get; init; }
}
