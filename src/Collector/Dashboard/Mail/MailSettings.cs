using MailKit.Security;

namespace Collector.Dashboard.Mail;

/// <summary>How mail is sent: the section <c>Collector:Mail</c>. Without a host none is, and nobody is asked whether they want any.</summary>
public sealed class MailSettings
{
    /// <summary>The SMTP server.</summary>
    public string? Host { get; set; }

    /// <summary>Its port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Who sends there; nobody in particular when it is left out.</summary>
    public string? User { get; set; }

    /// <summary>The password of that.</summary>
    public string? Password { get; set; }

    /// <summary>From whom mail comes: an address, or a name with one in angle brackets.</summary>
    public string? From { get; set; }

    /// <summary><c>auto</c> (the default: encrypted wherever the server can), <c>tls</c>, <c>starttls</c> (not without), or <c>none</c>.</summary>
    public string Security { get; set; } = "auto";

    /// <summary>Whether there is mail at all.</summary>
    public bool IsOn => !string.IsNullOrEmpty(Host);

    internal SecureSocketOptions Encryption => Security switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "starttls" => SecureSocketOptions.StartTls,
        "none" => SecureSocketOptions.None,
        _ => SecureSocketOptions.Auto,
    };

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal string? Fault(string? publicAddress) => !IsOn ? null
        : !(MimeKit.MailboxAddress.TryParse(From, out var from) && from.Address.Contains('@', StringComparison.Ordinal)) ? "Collector:Mail:From must be an address, such as Collector <collector@shop.example>."
        : Security is not ("auto" or "tls" or "starttls" or "none") ? "Collector:Mail:Security is one of: auto, tls, starttls, none."
        : !Uri.TryCreate(publicAddress, UriKind.Absolute, out _) ? "With Collector:Mail, Collector:PublicAddress must say where people reach this collector: the links in mail lead there."
        : null;
}
