using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Collector.Benchmarks.Ingest;

/// <summary>What the command line asks for.</summary>
internal sealed record IngestOptions
{
    private const int MostSeconds = 300, MostRounds = 20, MostConnections = 1_000;

    public int Seconds { get; private init; } = 10;

    public int Rounds { get; private init; } = 3;

    public IReadOnlyList<int> Connections { get; private init; } = [1, 64, 256];

    public IReadOnlyList<Contestant> Contestants { get; private init; } = Contestant.All;

    public string? Json { get; private init; }

    public static bool TryParse(ReadOnlySpan<string> arguments, [NotNullWhen(true)] out IngestOptions? options)
    {
        options = new IngestOptions();
        for (; arguments is [var name, var value, ..] && options is not null; arguments = arguments[2..])
        {
            options = options.With(name, value);
        }

        options = arguments.IsEmpty ? options : null;
        return options is not null;
    }

    private IngestOptions? With(string name, string value) => name switch
    {
        "--seconds" when Number(value, MostSeconds) is { } seconds => this with { Seconds = seconds },
        "--rounds" when Number(value, MostRounds) is { } rounds => this with { Rounds = rounds },
        "--connections" when value.Split(',').Select(text => Number(text, MostConnections)).ToList() is var counts && counts.TrueForAll(count => count is not null) =>
            this with { Connections = [.. counts.Select(count => count!.Value)] },
        "--only" when value.Split(',') is var names && Array.TrueForAll(names, only => Contestant.All.Any(contestant => contestant.Name == only)) =>
            this with { Contestants = [.. Contestant.All.Where(contestant => names.Contains(contestant.Name))] },
        "--json" => this with { Json = value },
        _ => null,
    };

    private static int? Number(string text, int highest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= highest ? number : null;
}
