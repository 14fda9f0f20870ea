using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Collector.Benchmarks.Figures;

/// <summary>What the command line asks for.</summary>
internal sealed record FiguresOptions
{
    private const int FewestResponses = 10_000, MostResponses = 100_000_000;

    public IReadOnlyList<int> Sizes { get; private init; } = [1_000_000, 10_000_000];

    public bool IsOnPostgres { get; private init; }

    /// <summary>Whether it asks for pages of the dashboard.</summary>
    public bool Pages { get; private init; }

    public string? Folder { get; private init; }

    public static bool TryParse(ReadOnlySpan<string> arguments, [NotNullWhen(true)] out FiguresOptions? options)
    {
        options = new FiguresOptions();
        for (; arguments is [var name, var value, ..] && options is not null; arguments = arguments[2..])
        {
            options = options.With(name, value);
        }

        options = arguments.IsEmpty ? options : null;
        return options is not null;
    }

    private FiguresOptions? With(string name, string value) => name switch
    {
        "--sizes" when value.Split(',').Select(Size).ToList() is var sizes && sizes.TrueForAll(size => size is not null) => this with { Sizes = [.. sizes.Select(size => size!.Value)] },
        "--on" when value is "sqlite" or "postgres" => this with { IsOnPostgres = value == "postgres" },
        "--of" when value is "api" or "dashboard" => this with { Pages = value == "dashboard" },
        "--folder" when Directory.Exists(value) => this with { Folder = value },
        _ => null,
    };

    private static int? Size(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= FewestResponses and <= MostResponses ? size : null;
}
