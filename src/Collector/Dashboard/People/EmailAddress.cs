using System.Net.Mail;
using Collector.Dashboard.Shell;
using Collector.Feedback;

namespace Collector.Dashboard.People;

/// <summary>The address that one signs in with.</summary>
internal static class EmailAddress
{
    private const int Longest = 254;

    /// <summary>As it is stored and compared.</summary>
    public static string Normal(string? text) => (text ?? "").Trim().ToLowerInvariant();

    /// <summary>Reads one; what is wrong with it is added to <paramref name="errors"/>.</summary>
    public static string Check(string? text, string field, FieldErrors errors)
    {
        var normal = Normal(text);
        if (normal.Length is 0 or > Longest || !MailAddress.TryCreate(normal, out var address) || address.Address != normal)
        {
            errors.Add(field, Words.Text("An e-mail address, such as ann@shop.example."));
        }

        return normal;
    }
}
