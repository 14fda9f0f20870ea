using Microsoft.AspNetCore.DataProtection;

namespace Collector.Dashboard.Mail;

/// <summary>What a link in a mail holds that ends such mail: whose, of which site, and of which kind, sealed with a key of this collector. Who has the link may do that and nothing else.</summary>
internal sealed class StopToken(IDataProtectionProvider keys)
{
    private readonly IDataProtector sealing = keys.CreateProtector("Collector.Dashboard.Mail.StopToken");

    public string Of(string site, string person, string kind) => sealing.Protect($"{site} {person} {kind}");

    public (string Site, string Person, string Kind)? Read(string? token)
    {
        try
        {
            return token is not null && sealing.Unprotect(token).Split(' ') is [var site, var person, var kind] ? (site, person, kind) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
