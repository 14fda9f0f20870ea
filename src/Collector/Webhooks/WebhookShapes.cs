using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Collector.Webhooks;

/// <summary>In which form messages are sent.</summary>
public enum MessageFormat
{
    /// <summary>As Standard Webhooks says: <c>{ type, timestamp, data }</c>, signed.</summary>
    Standard,

    /// <summary>As an incoming webhook of Slack takes it.</summary>
    Slack,

    /// <summary>As a workflow of Microsoft Teams takes it: an adaptive card.</summary>
    Teams,
}

/// <summary>Whether a webhook is sent anything.</summary>
public enum WebhookState
{
    /// <summary>It is.</summary>
    Enabled,

    /// <summary>It is not, because somebody said so.</summary>
    Paused,

    /// <summary>It is not, for a <c>reason</c>. Enable it again when it is mended.</summary>
    Disabled,
}

/// <summary>A webhook to be made.</summary>
public sealed record NewWebhook : WebhookChange
{
    /// <summary>What people call it; 1 to 200 characters.</summary>
    [Required]
    public override string? Name { get; init; }

    /// <summary>Where messages are sent: <c>https</c>, at most 2,000 characters, without a user or a password. It must lie on the public internet, or in a network that the operator lists.</summary>
    [Required]
    public override string? Url { get; init; }

    /// <summary>What it is told of: some of <c>response.completed</c>, <c>goal.status_changed</c>, <c>pattern.found</c>, <c>ces.dropped</c>.</summary>
    [Required]
    public override IReadOnlyList<string>? Events { get; init; }
}

/// <summary>What of a webhook is to change. What is left out stays as it is.</summary>
public record WebhookChange
{
    /// <summary>What people call it; 1 to 200 characters.</summary>
    public virtual string? Name { get; init; }

    /// <summary>Where messages are sent: <c>https</c>, at most 2,000 characters, without a user or a password. It must lie on the public internet, or in a network that the operator lists.</summary>
    public virtual string? Url { get; init; }

    /// <summary>What it is told of: some of <c>response.completed</c>, <c>goal.status_changed</c>, <c>pattern.found</c>, <c>ces.dropped</c>.</summary>
    public virtual IReadOnlyList<string>? Events { get; init; }

    /// <summary>In which form. Default <c>standard</c>.</summary>
    public MessageFormat? Format { get; init; }

    /// <summary>Whether it is told what visitors wrote. Default false. To make, change or try one that is needs the scope <c>responses</c> as well.</summary>
    public bool? Comments { get; init; }

    /// <summary><c>enabled</c>, the default, or <c>paused</c>. What happens meanwhile it is never told.</summary>
    public WebhookState? State { get; init; }
}

/// <summary>A webhook.</summary>
public record WebhookAnswer
{
    /// <summary>Its name in routes.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Where messages are sent.</summary>
    public required string Url { get; init; }

    /// <summary>What it is told of.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>In which form.</summary>
    public required MessageFormat Format { get; init; }

    /// <summary>Whether it is told what visitors wrote.</summary>
    public required bool Comments { get; init; }

    /// <summary>Whether it is sent anything.</summary>
    public required WebhookState State { get; init; }

    /// <summary>Why the collector disabled it: <c>failing</c> (it took nothing for a day) or <c>gone</c> (it answered 410). Null where it did not.</summary>
    public required string? Reason { get; init; }

    /// <summary>Since when it has taken nothing that was sent; null where it took the last.</summary>
    public required DateTimeOffset? FailingSince { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A webhook with the secret that its messages are signed with.</summary>
public sealed record WebhookSecretAnswer : WebhookAnswer
{
    /// <summary>The secret, <c>whsec_…</c>: HMAC-SHA256 with it signs each message. It is told only here.</summary>
    public required string Secret { get; init; }
}

/// <summary>Webhooks, oldest first.</summary>
/// <param name="Items">This page of them.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record WebhookList(IReadOnlyList<WebhookAnswer> Items, string? Next);

/// <summary>What came of a trial.</summary>
public sealed record TrialAnswer
{
    /// <summary>Whether the receiver took it: it answered with a status from 200 to 299.</summary>
    public required bool Delivered { get; init; }

    /// <summary>The receiver's status; null when it did not answer.</summary>
    public required int? Status { get; init; }

    /// <summary>Why it did not; null when it did.</summary>
    public required string? Error { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required double Milliseconds { get; init; }
}

/// <summary>What became of a message.</summary>
public enum DeliveryState
{
    /// <summary>It is still to be sent, for the first time or again.</summary>
    Pending,

    /// <summary>It was taken.</summary>
    Delivered,

    /// <summary>It was not taken for about a day, and is not sent again by itself.</summary>
    Failed,
}

/// <summary>A message to a webhook.</summary>
public sealed record DeliveryAnswer
{
    /// <summary>Its id, which the receiver knows as <c>webhook-id</c>: a message that comes twice has it twice.</summary>
    public required string Id { get; init; }

    /// <summary>The type of its event.</summary>
    public required string Type { get; init; }

    /// <summary>The id of the response, goal … that it tells of.</summary>
    public required string About { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What became of it.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>How often it was sent.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is sent next; null once it is over.</summary>
    public required DateTimeOffset? NextAt { get; init; }

    /// <summary>When it was sent last; null when it was not yet.</summary>
    public required DateTimeOffset? LastAt { get; init; }

    /// <summary>What the receiver answered last; null without an answer.</summary>
    public required int? Status { get; init; }

    /// <summary>Why there was none; null when there was one.</summary>
    public required string? Error { get; init; }
}

/// <summary>Messages to a webhook, newest first.</summary>
/// <param name="Items">This page of them.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record DeliveryList(IReadOnlyList<DeliveryAnswer> Items, string? Next);

/// <summary>Which messages are to be sent again: one of them, or all since a moment that failed.</summary>
public sealed record ReplayRequest
{
    /// <summary>The id of one message, whatever became of it.</summary>
    public string? Delivery { get; init; }

    /// <summary>All that failed and happened since this moment. Messages are kept for seven days.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>With <c>since</c>: also those that were taken. Default false.</summary>
    public bool? Delivered { get; init; }
}

/// <summary>What is sent again.</summary>
/// <param name="Deliveries">How many messages.</param>
public sealed record ReplayAnswer([property: JsonRequired] long Deliveries);
