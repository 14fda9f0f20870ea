using Collector.Statistics;
using static MathNet.Numerics.SpecialFunctions;

namespace Collector.Tests.Statistics;

/// <summary>How often <c>patterns-1</c> finds a pattern where there is none.</summary>
public sealed class PatternsOfChanceTests(ITestOutputHelper output)
{
    private const int Shuffles = 1000;
    private const long MinimumAnswers = 10;

    // Selections as they occur: touchpoints by Zipf's law times seven intents of which two are frequent, and what share finds it difficult.
    [Theory]
    [InlineData(12, 1681, 0.337)]
    [InlineData(40, 4000, 0.22)]
    [InlineData(40, 4000, 0.1)]
    [InlineData(5, 300, 0.3)]
    [InlineData(60, 6000, 0.05)]
    public void ShuffledAnswersHaveAPatternInNoMoreThanOneOfTwentySelections(int touchpoints, int answers, double difficult)
    {
        var random = new Random(20261122);
        var intents = Scores.Of(40, 25, 12, 9, 7, 5, 2);
        var pages = Scores.Of([.. Enumerable.Range(1, touchpoints).Select(rank => 1.0 / rank)]);
        var places = Enumerable.Range(0, answers).Select(_ => (Touchpoint: Place(random, pages), Intent: Place(random, intents))).ToArray();
        var hard = new bool[answers];
        hard.AsSpan(0, (int)(answers * difficult)).Fill(true);

        var shuffles = Shuffles * Scores.Rounds;
        int any = 0, anyWithEnough = 0, small = 0, cells = 0;
        for (var i = 0; i < shuffles; i++)
        {
            random.Shuffle(hard);
            var tested = CellsOf(places, hard, touchpoints, intents.Length);
            any += tested.Any(cell => cell.Q < 0.05) ? 1 : 0;
            anyWithEnough += tested.Any(cell => cell.Q < 0.05 && cell.Answers >= MinimumAnswers) ? 1 : 0;
            small += tested.Count(cell => cell.P < 0.05);
            cells += tested.Count;
        }

        output.WriteLine($"{touchpoints} touchpoints, {answers} answers, {difficult:p0} difficult, {cells / shuffles} cells: "
            + $"any pattern in {Scores.Told(any, shuffles)} of {shuffles} shuffles, with enough answers {Scores.Told(anyWithEnough, shuffles)}; "
            + $"p below 0.05 in {100.0 * small / cells:f2} % of the cells");
        Assert.InRange((double)anyWithEnough / shuffles, 0, 0.05);
    }

    // Every cell that answers spread at random can make, with its probability. Fisher's test never finds more than it says; χ² does a little where few are
    // expected, and a little less elsewhere.
    [Theory]
    [InlineData(1681, 567)]
    [InlineData(300, 60)]
    [InlineData(4000, 200)]
    public void OneCellHasASmallPNoMoreOftenThanItSaysOnAverage(int answers, int difficult)
    {
        var levels = new List<double>();
        for (var cell = 5; cell <= answers / 2; cell += 1 + (cell / 20))
        {
            var level = 0.0;
            for (var hard = Math.Max(0, cell + difficult - answers); hard <= Math.Min(cell, difficult); hard++)
            {
                var p = new FourfoldTable(hard, cell, difficult - hard, answers - cell).P();
                level += p <= 0.05 ? Probability(hard, cell, difficult, answers) : 0;
            }

            levels.Add(level);
        }

        output.WriteLine($"{difficult} of {answers} difficult: p below 0.05 in {100 * levels.Average():f2} % of cells on average, in {100 * levels.Max():f2} % at most");
        Assert.InRange(levels.Average(), 0.04, 0.05);
        Assert.InRange(levels.Max(), 0, 0.08);
    }

    private static double Probability(int hard, int cell, int difficult, int answers) =>
        Math.Exp(BinomialLn(cell, hard) + BinomialLn(answers - cell, difficult - hard) - BinomialLn(answers, difficult));

    // Each cell with the number of its answers that found it difficult, and the two margins.
    private static IReadOnlyList<CellTest> CellsOf((int Touchpoint, int Intent)[] places, bool[] hard, int touchpoints, int intents)
    {
        var counts = new CellCount[(touchpoints + 1) * (intents + 1)];
        for (var i = 0; i < places.Length; i++)
        {
            var (touchpoint, intent) = places[i];
            foreach (var cell in new[] { (touchpoint * (intents + 1)) + intent, (touchpoint * (intents + 1)) + intents, (touchpoints * (intents + 1)) + intent })
            {
                counts[cell] = new CellCount(counts[cell].Answers + 1, counts[cell].Difficult + (hard[i] ? 1 : 0));
            }
        }

        return CellTest.Of(new CellCount(places.Length, hard.Count(each => each)), [.. counts.Where(cell => cell.Answers > 0)]);
    }

    private static int Place(Random random, double[] shares) => Array.FindIndex(Scores.Draw(random, shares, 1), count => count == 1);
}
