namespace Collector.Webhooks;

/// <summary>A message as it lies in the table.</summary>
internal sealed record DeliveryRow
{
    public required string Site { get; init; }
    public required string Webhook { get; init; }
    public required string Id { get; init; }
    public required string Type { get; init; }
    public required string About { get; init; }
    public required string Data { get; init; }
    public required long CreatedAt { get; init; }
    public required string State { get; init; }
    public required int Attempts { get; init; }
    public required long? NextAt { get; init; }
    public required long? LastAt { get; init; }
    public required int? Status { get; init; }
    public required string? Error { get; init; }

    /// <summary>Its id as the receiver knows it.</summary>
    public string MessageId => "msg_" + Id;

    /// <summary>The message after it was sent once more.</summary>
    public DeliveryRow After(Answer answer, DateTimeOffset now)
    {
        var wait = answer.IsTaken ? null : Backoff.After(Attempts + 1, Random.Shared.NextDouble(), answer.WaitAt(now));
        return this with
        {
            State = answer.IsTaken ? "delivered" : wait is null ? "failed" : "pending",
            Attempts = Attempts + 1,
            NextAt = wait is null ? null : (now + wait.Value).ToUnixTimeMilliseconds(),
            LastAt = now.ToUnixTimeMilliseconds(),
            Status = answer.Status,
            Error = answer.Error,
        };
    }

    public DeliveryAnswer ToAnswer() => new()
    {
        Id = MessageId,
        Type = Type,
        About = About,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        State = Enum.Parse<DeliveryState>(State, ignoreCase: true),
        Attempts = Attempts,
        NextAt = NextAt is { } next ? DateTimeOffset.FromUnixTimeMilliseconds(next) : null,
        LastAt = LastAt is { } last ? DateTimeOffset.FromUnixTimeMilliseconds(last) : null,
        Status = Status,
        Error = Error,
    };
}
