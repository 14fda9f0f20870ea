namespace Collector.Tests.Ingest.AnyMix;

/// <summary>Something that visitors, analysts or time do to a site. It names responses and rules by number, so that it means something after any steps before it.</summary>
internal abstract record Step;

/// <summary>A visitor answers: for the first time, or as the next revision of what was sent before.</summary>
internal sealed record Answer(int Slot, bool Anew, Content Content) : Step;

/// <summary>What was sent last is sent again.</summary>
internal sealed record Repeat(int Slot) : Step;

/// <summary>The revision that was sent last comes with other content.</summary>
internal sealed record Contradict(int Slot, Content Content) : Step;

internal sealed record Erase(int Slot) : Step;

internal sealed record AddRule(string Pattern, string Keep, int Position) : Step;

internal sealed record ChangeRule(int Rule, string Pattern, string Keep, int Position) : Step;

internal sealed record RemoveRule(int Rule) : Step;

internal sealed record Collapse(bool Identifiers) : Step;

/// <summary>Days go by, and what is too old goes.</summary>
internal sealed record Days(int Count) : Step;

/// <summary>Past responses have followed the rules before anything else happens.</summary>
internal sealed record Settle : Step;

internal sealed record Content(string Path, string? Visit, int? Effort, int? Nps, int? Csat, string? Intent, string? Success, string State, string? Device, int DaysAgo);
