using System.Globalization;
using Collector.Feedback;

namespace Collector.Webhooks;

/// <summary>A webhook as it lies in the table.</summary>
internal sealed record WebhookRow
{
    private const int LongestName = 200, LongestUrl = 2_000;

    public required string Site { get; init; }
    public required string Id { get; init; }
    public string Name { get; init; } = "";
    public string Url { get; init; } = "";
    public string Events { get; init; } = "";
    public string Format { get; init; } = nameof(MessageFormat.Standard);
    public bool Comments { get; init; }
    public required string Secret { get; init; }
    public string? OldSecret { get; init; }
    public long? OldSecretUntil { get; init; }
    public string State { get; init; } = "enabled";
    public string? Reason { get; init; }
    public required long CreatedAt { get; init; }
    public long? FailingSince { get; init; }
    public int Failures { get; init; }
    public long HeldUntil { get; init; }

    public string[] EventTypes => Events.Split(' ');

    public MessageFormat Speaks => Enum.Parse<MessageFormat>(Format);

    /// <summary>Whether it is told of an event of this type.</summary>
    public bool Wants(string type) => State == "enabled" && EventTypes.Contains(type);

    /// <summary>What signs at this moment: the secret, and for a day after a change the one before it.</summary>
    public IEnumerable<string> SecretsAt(DateTimeOffset now) => OldSecret is { } old && OldSecretUntil > now.ToUnixTimeMilliseconds() ? [Secret, old] : [Secret];

    /// <summary>The webhook with what a change says; null when that is not allowed, and added to <paramref name="errors"/>.</summary>
    public WebhookRow? With(WebhookChange change, WebhookSettings settings, bool mayReadComments, FieldErrors errors)
    {
        var before = errors.Count;
        var row = this with
        {
            Name = change.Name ?? Name,
            Url = change.Url is { } url ? CheckUrl(url, settings, errors) : Url,
            Events = change.Events is { } events ? CheckEvents(events, errors) : Events,
            Format = change.Format?.ToString() ?? Format,
            Comments = change.Comments ?? Comments,
        };
        if (string.IsNullOrWhiteSpace(row.Name) || row.Name.Length > LongestName || row.Name.Any(char.IsControl))
        {
            errors.Add("/name", string.Create(CultureInfo.InvariantCulture, $"1 to {LongestName} characters, none of them a control character."));
        }

        if (change.State == WebhookState.Disabled)
        {
            errors.Add("/state", "One of: enabled, paused. Only the collector disables one.");
        }

        // To turn such a webhook to another receiver would be to read what visitors wrote.
        if (row.Comments && !mayReadComments)
        {
            errors.Add("/comments", "What visitors wrote may be sent by whoever has the scope responses.");
        }

        return errors.Count > before ? null : change.State is { } state ? row.As(state) : row;
    }

    /// <summary>The webhook as it stands after some messages were sent, at least one.</summary>
    public WebhookRow After(IReadOnlyList<Answer> answers, DateTimeOffset now)
    {
        if (answers.Any(answer => answer.IsTaken))
        {
            return this with { FailingSince = null, Failures = 0, HeldUntil = 0 };
        }

        var since = FailingSince ?? now.ToUnixTimeMilliseconds();
        var isGone = answers.Any(answer => answer.IsGone);
        if (isGone || now.ToUnixTimeMilliseconds() - since >= (long)Backoff.Patience.TotalMilliseconds)
        {
            return this with { State = "disabled", Reason = isGone ? "gone" : "failing", FailingSince = since };
        }

        // It is tried to the end of the day, however often that was already.
        var wait = Backoff.After(Math.Min(Failures + 1, Backoff.MostAttempts), Random.Shared.NextDouble(), answers.Max(answer => answer.WaitAt(now)));
        return this with { FailingSince = since, Failures = Failures + 1, HeldUntil = (now + wait!.Value).ToUnixTimeMilliseconds() };
    }

    public WebhookAnswer ToAnswer() => new()
    {
        Id = Id,
        Name = Name,
        Url = Url,
        Events = EventTypes,
        Format = Speaks,
        Comments = Comments,
        State = Enum.Parse<WebhookState>(State, ignoreCase: true),
        Reason = Reason,
        FailingSince = FailingSince is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
    };

    public WebhookSecretAnswer ToSecretAnswer()
    {
        var answer = ToAnswer();
        return new WebhookSecretAnswer
        {
            Id = answer.Id,
            Name = answer.Name,
            Url = answer.Url,
            Events = answer.Events,
            Format = answer.Format,
            Comments = answer.Comments,
            State = answer.State,
            Reason = answer.Reason,
            FailingSince = answer.FailingSince,
            CreatedAt = answer.CreatedAt,
            Secret = Secret,
        };
    }

    // Who enables it says that it is mended: it begins anew.
    private WebhookRow As(WebhookState state) => this with { State = state.ToString().ToLowerInvariant(), Reason = null, FailingSince = null, Failures = 0, HeldUntil = 0 };

    private static string CheckUrl(string text, WebhookSettings settings, FieldErrors errors)
    {
        if (text.Length > LongestUrl || !Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            errors.Add("/url", string.Create(CultureInfo.InvariantCulture, $"An absolute https address of at most {LongestUrl} characters."));
            return text;
        }

        var isEncrypted = url.Scheme == Uri.UriSchemeHttps;
        if (!isEncrypted && !settings.AllowsHttp)
        {
            errors.Add("/url", "Must be https.");
        }

        if (url.UserInfo.Length > 0)
        {
            errors.Add("/url", "Must not hold a user or a password.");
        }

        // Names are looked at when they are resolved, which is each time that something is sent.
        if (System.Net.IPAddress.TryParse(url.IdnHost, out var address) && !settings.Allows(address, isEncrypted))
        {
            errors.Add("/url", "Its address is not one on the public internet.");
        }

        return url.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.Fragment, UriFormat.UriEscaped);
    }

    private static string CheckEvents(IReadOnlyList<string> events, FieldErrors errors)
    {
        if (events.Count == 0 || events.Distinct(StringComparer.Ordinal).Count() < events.Count || events.Except(Sites.EventTypes.All, StringComparer.Ordinal).Any())
        {
            errors.Add("/events", $"At least one, each once, of: {string.Join(", ", Sites.EventTypes.All)}.");
        }

        return string.Join(' ', events);
    }
}
