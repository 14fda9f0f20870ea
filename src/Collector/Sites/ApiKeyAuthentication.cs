using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Collector.Storage;
using Dapper;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Collector.Sites;

/// <summary>Knows a caller by <c>Authorization: Bearer ck_…</c>: the key of a site, or the operator's from the settings.</summary>
public sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> schemes,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    IOptions<OperatorSettings> settings,
    Database database,
    KeyUses uses,
    TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemes, loggers, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "ApiKey";

    private const string Bearer = "Bearer ";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var text = header[Bearer.Length..].Trim();
        if (IsOperators(text))
        {
            return Known(Scopes.OfKeys.Append(Scopes.Operator), []);
        }

        if (!ApiKey.TryParse(text, out var key))
        {
            return AuthenticateResult.Fail("Unknown key.");
        }

        // The demo's key stands in every README, so it is no row of a database that may live on after the demo.
        if (text == settings.Value.DemoKey)
        {
            return Known([Scopes.Read], [new Claim(Scopes.SiteClaim, key.Site)]);
        }

        if (await FindAsync(key) is not { } known)
        {
            return AuthenticateResult.Fail("Unknown key.");
        }

        uses.Add(key.Site, known.Id, known.UsedAt);
        return Known(known.Scopes.Split(' '), [new Claim(Scopes.SiteClaim, key.Site), new Claim(ClaimTypes.NameIdentifier, known.Id), new Claim(ClaimTypes.Name, known.Name)]);
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return base.HandleChallengeAsync(properties);
    }

    /// <inheritdoc/>
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (!await SiteAccess.TryHideAsync(Context))
        {
            await base.HandleForbiddenAsync(properties);
        }
    }

    // Asked anew each time: a revoked key opens nothing from the next request on, in every process.
    private async Task<KnownKey?> FindAsync(ApiKey key)
    {
        await using var connection = await database.ReadAsync(Context.RequestAborted);
        return await connection.QuerySingleOrDefaultAsync<KnownKey>(new CommandDefinition(
            "select id, name, scopes, used_at from keys where site = @Site and hash = @Hash and (expires_at is null or expires_at > @Now)",
            new { key.Site, key.Hash, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            cancellationToken: Context.RequestAborted));
    }

    private bool IsOperators(string text) =>
        settings.Value.AdminKey is { Length: > 0 } admin
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), SHA256.HashData(Encoding.UTF8.GetBytes(admin)));

    private AuthenticateResult Known(IEnumerable<string> scopes, IEnumerable<Claim> claims)
    {
        var identity = new ClaimsIdentity([.. scopes.Select(scope => new Claim(Scopes.ScopeClaim, scope)), .. claims], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    private sealed record KnownKey
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string Scopes { get; init; }
        public required long? UsedAt { get; init; }
    }
}

/// <summary>The operator's key, from the settings.</summary>
public sealed class OperatorSettings
{
    /// <summary>The first admin key; without it nobody can make sites.</summary>
    public string? AdminKey { get; set; }

    /// <summary>The key that reads the demo's figures while the demo runs; set by the demo alone.</summary>
    public string? DemoKey { get; set; }
}
