using System.Data;
using System.Globalization;
using Collector.Feedback;
using Collector.Insights;
using Collector.Statistics;
using Collector.Tests.Reference;

namespace Collector.Tests.Insights;

public sealed class CesFigureTests(ITestOutputHelper output)
{
    private static readonly Scale Seven = new(1, 7, EasyEnd.High);
    private static readonly Scale FiveTurned = new(1, 5, EasyEnd.Low);

    // Each number is held against its own size, but for those that are sums which may cancel out: the interval of the mean against the mean and
    // its margin together, and the net share against 1.
    //
    // All agree to the last digits but the interval of the mean. MathNet searches for the quantile of t, and finds ten digits and more of it up to
    // a hundred thousand answers, fewer with ever more of them: six of a thousand million. The margin is then a few hundred-thousandths of the
    // scale itself, and no digit that anybody sees is touched.
    [Fact]
    public void EveryTableGivesWhatSciPyGives()
    {
        var worst = new Dictionary<string, (double Relative, double Absolute, string Table)>(StringComparer.Ordinal);
        foreach (var table in CesTables.All)
        {
            var figure = CesFigure.Of(Counts(table.Parts), minimumAnswers: 10);
            Assert.Equal(table.Answers, figure.Answers);
            Compare("mean", table.Mean, figure.Mean);
            CompareIntervals("meanInterval", table.Answers, table.Mean, table.MeanInterval, figure.MeanInterval);
            Compare("index", table.Index, figure.Index);
            Compare("easy.share", table.Easy?.Share, figure.Easy?.Share);
            Compare("easy.low", table.Easy?.Low, figure.Easy?.Low);
            Compare("easy.high", table.Easy?.High, figure.Easy?.High);
            Compare("difficult.share", table.Difficult?.Share, figure.Difficult?.Share);
            Compare("difficult.low", table.Difficult?.Low, figure.Difficult?.Low);
            Compare("difficult.high", table.Difficult?.High, figure.Difficult?.High);
            Compare("net", table.Net, figure.Net, size: 1);

            // A figure on one scale is no list; with several, the list holds those that have answers.
            Assert.Equal(table.Scales.Count > 1 ? table.Scales.Count : null, figure.Scales?.Count);
            foreach (var part in figure.Scales ?? [])
            {
                var expected = table.Scales.Single(scale => scale.Scale == part.Scale);
                Assert.Equal(expected.Answers, part.Answers);
                Compare("scales.mean", expected.Mean, part.Mean);
                CompareIntervals("scales.meanInterval", expected.Answers, expected.Mean, expected.MeanInterval, part.MeanInterval);
                Compare("scales.index", expected.Index, part.Index);
            }

            void CompareIntervals(string interval, long answers, double? mean, double[]? expected, Interval? actual)
            {
                var quantity = answers <= 100_000 ? interval : interval + ", many";
                var size = Math.Abs(mean ?? 0) + ((expected?[1] - mean) ?? 0);
                Compare(quantity, expected?[0], actual?.Low, size);
                Compare(quantity, expected?[1], actual?.High, size);
            }

            void Compare(string quantity, double? expected, double? actual, double? size = null)
            {
                Assert.True(expected.HasValue == actual.HasValue, $"{table.Name}: {quantity} is {actual}, expected {expected}");
                var absolute = Math.Abs((actual - expected) ?? 0);
                var relative = absolute == 0 ? 0 : absolute / (size ?? Math.Abs(expected!.Value));
                var (worstRelative, worstAbsolute, name) = worst.GetValueOrDefault(quantity, (0, 0, "none"));
                worst[quantity] = (Math.Max(worstRelative, relative), Math.Max(worstAbsolute, absolute), relative > worstRelative ? table.Name : name);
            }
        }

        output.WriteLine($"{CesTables.All.Count} tables; worst difference, absolute and relative, and the table of the latter:");
        foreach (var (quantity, (relative, absolute, name)) in worst)
        {
            output.WriteLine($"{quantity,-25} {absolute,9:g3} {relative,9:g3}  {name}");
        }

        Assert.All(worst, quantity => Assert.InRange(quantity.Value.Relative, 0, quantity.Key switch
        {
            "meanInterval" or "scales.meanInterval" => 1e-11,
            "meanInterval, many" or "scales.meanInterval, many" => 1e-6,
            _ => 1e-12,
        }));
        Assert.InRange(CesTables.All.Count, 300, int.MaxValue);
    }

    [Fact]
    public void WithoutAnswersEverythingButTheirNumberIsNull()
    {
        var nothing = new[] { CesFigure.Of(new EffortCounts(), 10), CesFigure.Of(Counts(Seven, 0, 0, 0, 0, 0, 0, 0), 10) };
        Assert.All(nothing, figure =>
        {
            Assert.Equal(0, figure.Answers);
            Assert.Null(figure.Mean);
            Assert.Null(figure.MeanInterval);
            Assert.Null(figure.Index);
            Assert.Null(figure.Easy);
            Assert.Null(figure.Difficult);
            Assert.Null(figure.Net);
            Assert.Null(figure.Distribution);
            Assert.Null(figure.Scale);
            Assert.Null(figure.Scales);
            Assert.False(figure.Enough);
        });
    }

    [Fact]
    public void OneAnswerHasAMeanButNoIntervalOfIt()
    {
        var figure = CesFigure.Of(Counts(Seven, 0, 0, 0, 0, 0, 1, 0), 10);
        Assert.Equal(6, figure.Mean);
        Assert.Null(figure.MeanInterval);
        Assert.Equal(1, figure.Easy!.Share);
        Assert.Equal(0, figure.Difficult!.Share);
    }

    [Fact]
    public void AnswersOnDifferentScalesAreNeverAveragedRaw()
    {
        var figure = CesFigure.Of(Counts([(Seven, [0, 0, 0, 0, 0, 0, 1]), (FiveTurned, [0, 0, 1, 0, 2])]), 10);
        Assert.Equal(4, figure.Answers);
        Assert.Null(figure.Mean);
        Assert.Null(figure.MeanInterval);
        Assert.Null(figure.Distribution);
        Assert.Null(figure.Scale);
        Assert.Equal((100 + 50 + 0 + 0) / 4.0, figure.Index!.Value, 1e-12);
        Assert.Equal(0.25, figure.Easy!.Share);
        Assert.Equal(0.5, figure.Difficult!.Share);
        Assert.Equal(-0.25, figure.Net);
        Assert.Equal([FiveTurned, Seven], figure.Scales!.Select(part => part.Scale)); // The one with most answers first.
        Assert.Equal(0, figure.Scales![0].Distribution["1"]);
        Assert.Equal(2, figure.Scales[0].Distribution["5"]);
    }

    [Fact]
    public void OneRangeWithEitherEndEasyIsTwoScales()
    {
        var figure = CesFigure.Of(Counts([(new Scale(1, 5, EasyEnd.High), [0, 0, 0, 0, 3]), (FiveTurned, [0, 0, 0, 0, 3])]), 10);
        Assert.Null(figure.Mean);
        Assert.Equal(50, figure.Index);
        Assert.Equal(0, figure.Net);
    }

    [Fact]
    public void ScaleThatNobodyAnsweredOnDoesNotMakeTheFigureMixed()
    {
        var figure = CesFigure.Of(Counts([(Seven, [0, 0, 0, 0, 0, 0, 2]), (FiveTurned, [0, 0, 0, 0, 0])]), 10);
        Assert.Equal(7, figure.Mean);
        Assert.Equal(Seven, figure.Scale);
        Assert.Null(figure.Scales);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(11, true)]
    public void EnoughIsAsManyAsTheSiteAsksFor(int answers, bool enough)
    {
        Assert.Equal(enough, CesFigure.Of(Counts(Seven, 0, 0, 0, 0, 0, 0, answers), minimumAnswers: 10).Enough);

        // On different scales, it is all of them together.
        Assert.Equal(enough, CesFigure.Of(Counts([(Seven, [0, 0, 0, 0, 0, 0, 5]), (FiveTurned, [answers - 5, 0, 0, 0, 0])]), minimumAnswers: 10).Enough);
    }

    [Fact]
    public void MiddleOfTheScaleIsNeitherEasyNorDifficult()
    {
        var seven = CesFigure.Of(Counts(Seven, 1, 1, 1, 10, 1, 1, 1), 10);
        Assert.Equal(3 / 16.0, seven.Easy!.Share);
        Assert.Equal(3 / 16.0, seven.Difficult!.Share);

        // Between 1 and 4 the middle is no score: each answer is on one side.
        var four = CesFigure.Of(Counts(new Scale(1, 4, EasyEnd.High), 1, 2, 3, 4), 10);
        Assert.Equal(0.7, four.Easy!.Share);
        Assert.Equal(0.3, four.Difficult!.Share);
    }

    [Fact]
    public void DistributionIsOfTheScoresAsGivenAndHasThemAll()
    {
        var figure = CesFigure.Of(Counts(FiveTurned, 8, 0, 1, 0, 3), 10);
        Assert.Equal(
            [("1", 8), ("2", 0), ("3", 1), ("4", 0), ("5", 3)],
            figure.Distribution!.Select(score => (score.Key, score.Value)));

        foreach (var table in CesTables.All.Where(table => table.Scales.Count == 1))
        {
            var part = table.Parts.Single(part => part.Counts.Sum() > 0);
            var expected = part.Counts.Select((count, place) => ((part.Min + place).ToString(CultureInfo.InvariantCulture), count));
            Assert.Equal(expected, CesFigure.Of(Counts(table.Parts), 10).Distribution!.Select(score => (score.Key, score.Value)));
        }
    }

    [Fact]
    public void LowScoresAreEasyWhereTheLowEndIs()
    {
        var figure = CesFigure.Of(Counts(FiveTurned, 8, 0, 0, 0, 2), 10);
        Assert.Equal(4.2, figure.Mean!.Value, 1e-12);
        Assert.Equal(80, figure.Index!.Value, 1e-12);
        Assert.Equal(0.8, figure.Easy!.Share);
        Assert.Equal(0.2, figure.Difficult!.Share);
        Assert.Equal(FiveTurned, figure.Scale);
    }

    [Fact]
    public void TableAndItsMirrorOnTheTurnedScaleGiveTheSameFigure()
    {
        foreach (var table in CesTables.All.Where(table => table.Parts.Count == 1))
        {
            var part = table.Parts[0];
            var turned = new Scale(part.Min, part.Max, part.Easy == EasyEnd.High ? EasyEnd.Low : EasyEnd.High);
            var figure = CesFigure.Of(Counts(table.Parts), 10);
            var mirror = CesFigure.Of(Counts(turned, [.. part.Counts.Reverse()]), 10);

            // To the last bit, but for what is raw.
            Assert.Equal(figure, mirror with { Scale = figure.Scale, Distribution = figure.Distribution });
        }
    }

    [Fact]
    public void SharesLieWithinTheirIntervalsAndThoseWithinZeroAndOne()
    {
        foreach (var figure in CesTables.All.Where(table => table.Answers > 0).Select(table => CesFigure.Of(Counts(table.Parts), 10)))
        {
            foreach (var share in new[] { figure.Easy!, figure.Difficult! })
            {
                Assert.InRange(share.Low, 0, share.Share);
                Assert.InRange(share.High, share.Share, 1);
            }

            Assert.InRange(figure.Net!.Value, -1, 1);
            Assert.InRange(figure.Index!.Value, 0, 100);
        }
    }

    [Fact]
    public void FigureNamesItsFormula() => Assert.Equal("ces-1", CesFigure.Of(new EffortCounts(), 10).Formula);

    [Fact]
    public void CountsThatAreAddedUpAreCountsOfAll()
    {
        var one = Counts([(Seven, [1, 2, 3, 4, 5, 6, 7]), (FiveTurned, [1, 1, 1, 1, 1])]);
        one.Add(Counts(Seven, 7, 6, 5, 4, 3, 2, 1));
        one.Add(Counts(new Scale(0, 10, EasyEnd.High), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
        Assert.Equal([0, 8, 8, 8, 8, 8, 8, 8, 0, 0, 0], one.Scales[Seven]);
        Assert.Equal([0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], one.Scales[FiveTurned]);
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], one.Scales[new Scale(0, 10, EasyEnd.High)]);
    }

    private static EffortCounts Counts(IEnumerable<CesTables.Part> parts) => Counts([.. parts.Select(part => (part.Scale, part.Counts))]);

    private static EffortCounts Counts(Scale scale, params long[] counts) => Counts([(scale, counts)]);

    // As the database gives them: rows of a scale and eleven counts behind other columns, several rows for one scale, and one for responses
    // without an effort score.
    private static EffortCounts Counts((Scale Scale, long[] Counts)[] parts)
    {
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("key", typeof(string));
        table.Columns.Add("scale", typeof(string));
        for (var score = Scale.Lowest; score <= Scale.Highest; score++)
        {
            table.Columns.Add($"effort_{score.ToString(CultureInfo.InvariantCulture)}", typeof(long));
        }

        table.Rows.Add(["key", "", .. Enumerable.Repeat<object>(0L, Scale.Highest - Scale.Lowest + 1)]);
        foreach (var (scale, counts) in parts)
        {
            var padded = new long[Scale.Highest - Scale.Lowest + 1];
            counts.CopyTo(padded, scale.Min - Scale.Lowest);
            table.Rows.Add(["key", scale.ToString(), .. padded.Select(count => (object)(count / 3))]);
            table.Rows.Add(["key", scale.ToString(), .. padded.Select(count => (object)(count - (count / 3)))]);
        }

        var effort = new EffortCounts();
        using var rows = table.CreateDataReader();
        while (rows.Read())
        {
            effort.AddRow(rows.GetString(1), rows, first: 2);
        }

        return effort;
    }
}
