using System.Text.Json;

namespace Collector.Tests.Reference;

/// <summary>A comment of personal-data.json: what in it is personal, and what only looks like it.</summary>
public sealed record PersonalText(string Language, string Text, IReadOnlyList<PersonalText.Span> Spans, IReadOnlyList<PersonalText.Span> Likenesses)
{
    // Three folders up from bin/Debug/net10.0: the test project itself.
    public static IReadOnlyList<PersonalText> All { get; } = JsonSerializer.Deserialize<IReadOnlyList<PersonalText>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "../../../Reference/personal-data.json")), JsonSerializerOptions.Web)!;

    /// <summary>A part of the text. The kind is that of the placeholder it should make way for, and null for what only looks personal; the form, how it is written.</summary>
    public sealed record Span(string? Kind, string Form, int Start, int Length)
    {
        public int End => Start + Length;

        public bool Meets(Span other) => Start < other.End && other.Start < End;

        public bool Covers(Span other) => Start <= other.Start && other.End <= End;
    }
}
