using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Feedback;

namespace Collector.Tests.Reference;

/// <summary>The tables of ces.json: effort scores, and what SciPy and NumPy make of them.</summary>
public static class CesTables
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        // A misspelt name must not read as null, which is what many of these values may be.
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    public static IReadOnlyList<Table> All { get; } = Read();

    private static List<Table> Read()
    {
        // Three folders up from bin/Debug/net10.0: the test project itself.
        using var json = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "../../../Reference/ces.json"));
        return JsonSerializer.Deserialize<List<Table>>(json, Strict)!;
    }

    public sealed record Table(
        string Name, IReadOnlyList<Part> Parts, long Answers, double? Mean, double[]? MeanInterval, double? Index,
        ShareOf? Easy, ShareOf? Difficult, double? Net, IReadOnlyList<ScaleTable> Scales);

    /// <summary>What was put in: how often each raw score from min to max was given.</summary>
    public sealed record Part(int Min, int Max, EasyEnd Easy, long[] Counts)
    {
        [JsonIgnore]
        public Scale Scale => new(Min, Max, Easy);
    }

    public sealed record ShareOf(long Count, double Share, double Low, double High);

    public sealed record ScaleTable(
        int Min, int Max, EasyEnd Easy, long Answers, double Mean, double? Variance, double[]? MeanInterval, double Index,
        long EasyAnswers, long DifficultAnswers)
    {
        [JsonIgnore]
        public Scale Scale => new(Min, Max, Easy);
    }
}
