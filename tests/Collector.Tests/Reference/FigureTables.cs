using System.Text.Json;
using System.Text.Json.Serialization;

namespace Collector.Tests.Reference;

/// <summary>The tables of figures.json: what SciPy and NumPy make of random tables, for each formula but ces-1.</summary>
public sealed record FigureTables(
    IReadOnlyList<FigureTables.CellTable> Cells, IReadOnlyList<FigureTables.GroupTable> Groups, IReadOnlyList<FigureTables.ChangeTable> Changes,
    IReadOnlyList<FigureTables.NpsTable> Nps, IReadOnlyList<FigureTables.CsatTable> Csat, IReadOnlyList<FigureTables.RateTable> Rates,
    IReadOnlyList<FigureTables.TrendTable> Trends)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        // A misspelt name must not read as null, which is what many of these values may be.
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static FigureTables All { get; } = Read();

    private static FigureTables Read()
    {
        // Three folders up from bin/Debug/net10.0: the test project itself.
        using var json = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "../../../Reference/figures.json"));
        return JsonSerializer.Deserialize<FigureTables>(json, Strict)!;
    }

    /// <summary>The first rows are the selection; after them come cells that overlap with these.</summary>
    public sealed record CellTable(string Name, long Answers, long Difficult, int Rows, IReadOnlyList<Cell> Cells, Whole? Association);

    public sealed record Cell(long Answers, long Difficult, double? Share, double? Rest, double? Lift, double Residual, double P, double Q);

    public sealed record Whole(double CramersV, double P, bool SmallExpected);

    public sealed record GroupTable(
        string Name, int Lowest, long[][] Groups, double Target, double Mean, long Answers, double? Within, double Between, double? Homogeneity,
        IReadOnlyList<Touchpoint> Touchpoints);

    public sealed record Touchpoint(double Mean, double Shrunk, double? Deviation, double? Below, double Gain);

    public sealed record ChangeTable(
        string Name, int Lowest, long[] Before, long[] After, long[][]? Control, Ranks? Ranks, double[]? BeforeBounded, Difference? Difference,
        Difference? Beyond);

    public sealed record Ranks(double U, double Superiority, double P);

    public sealed record Difference(double Value, double[]? Interval, double[]? Bounded, double? Smallest);

    public sealed record NpsTable(long[] Counts, double? Score, double[]? Interval);

    public sealed record CsatTable(long[] Counts, double? Index, double[]? IndexInterval, double? TopTwo, double[]? TopTwoInterval);

    public sealed record RateTable(long[] Before, long[] After, double P, double[] Interval);

    public sealed record TrendTable(int[][] Days, double? PerDay, double[]? Interval);
}
