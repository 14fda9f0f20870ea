using Collector.Storage;

namespace Collector.Ingest;

/// <summary>What the cells and the visit need to know of a response.</summary>
internal sealed record Counted
{
    private const string Erased = "erased";

    public required string Site { get; init; }
    public required string Id { get; init; }
    public required string State { get; init; }
    public required string? Visit { get; init; }
    public required long Touchpoint { get; init; }
    public required long Day { get; init; }
    public required string Survey { get; init; }
    public required string Scale { get; init; }
    public required long? Effort { get; init; }
    public required long? Nps { get; init; }
    public required long? Csat { get; init; }

    /// <summary>The intent that was given in this very response.</summary>
    public required string OwnIntent { get; init; }

    /// <summary>The intent that counts: its own, or else the visit's.</summary>
    public required string Intent { get; init; }
    public required string Success { get; init; }
    public required string Device { get; init; }
    public required string Language { get; init; }
    public required bool IsAnswered { get; init; }
    public required long AnsweredAt { get; init; }

    /// <summary>What speaks against a person behind it: honeypot, tooFast or bot; empty when nothing does.</summary>
    public required string Suspect { get; init; }

    /// <summary>Whether its visitor reached the end.</summary>
    public bool IsComplete => State == "complete";

    /// <summary>Whether it is left out of the figures.</summary>
    public bool IsSuspect => Suspect.Length > 0;

    /// <summary>Whether a person found it difficult.</summary>
    public bool IsDifficult => Effort is { } effort && !IsSuspect && Feedback.Scale.Parse(Scale).IsDifficult((int)effort);

    /// <summary>Whether only the id is left of it.</summary>
    public bool IsErased => State == Erased;

    /// <summary>The columns, in the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns =
        """
        site, id, state, visit, touchpoint, day, survey, scale, effort, own_intent, intent, success, device, language,
        case when answers = '[]' then 0 else 1 end, answered_at, suspect, nps, csat
        """;

    /// <summary>How many columns these are.</summary>
    public const int Width = 19;

    public static Counted Read(IFields fields) => new()
    {
        Site = fields.Text(0)!,
        Id = fields.Text(1)!,
        State = fields.Text(2)!,
        Visit = fields.Text(3),
        Touchpoint = fields.Number(4)!.Value,
        Day = fields.Number(5)!.Value,
        Survey = fields.Text(6)!,
        Scale = fields.Text(7)!,
        Effort = fields.Number(8),
        OwnIntent = fields.Text(9)!,
        Intent = fields.Text(10)!,
        Success = fields.Text(11)!,
        Device = fields.Text(12)!,
        Language = fields.Text(13)!,
        IsAnswered = fields.Number(14) == 1,
        AnsweredAt = fields.Number(15)!.Value,
        Suspect = fields.Text(16)!,
        Nps = fields.Number(17),
        Csat = fields.Number(18),
    };

    /// <summary>What is kept of it once it is erased: that there was one with this id.</summary>
    public Counted AsErased() => this with
    {
        State = Erased,
        Visit = null,
        Scale = "",
        Effort = null,
        Nps = null,
        Csat = null,
        OwnIntent = "",
        Intent = "",
        Success = "",
        Device = "",
        Language = "",
        IsAnswered = false,
        Suspect = "",
    };
}
