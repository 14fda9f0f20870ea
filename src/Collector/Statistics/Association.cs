using MathNet.Numerics;

namespace Collector.Statistics;

/// <summary>How strongly rows and difficulty go together in a whole table of rows × (difficult or not), by formula <c>patterns-1</c>.</summary>
/// <param name="CramersV">Cramér's V (1946): √(χ² / answers), 0 for nothing to 1 for everything.</param>
/// <param name="P">The p of Pearson's χ² with one degree of freedom less than there are rows.</param>
/// <param name="SmallExpected">Whether an expected count is below 5, where χ² is only an approximation.</param>
public sealed record Association(double CramersV, double P, bool SmallExpected)
{
    /// <summary>
    /// The association of a table. Rows without answers count for nothing. Null where there is none to speak of: fewer than two rows, or all
    /// answers difficult, or none.
    /// </summary>
    public static Association? Of(IReadOnlyList<CellCount> rows)
    {
        var answered = rows.Where(row => row.Answers > 0).ToList();
        var answers = answered.Sum(row => row.Answers);
        var difficult = answered.Sum(row => row.Difficult);
        if (answered.Count < 2 || difficult == 0 || difficult == answers)
        {
            return null;
        }

        var share = (double)difficult / answers;
        var scatter = answered.Sum(row => Square((row.Difficult * (double)answers) - (row.Answers * (double)difficult)) / row.Answers);
        var squared = scatter / answers / answers / (share * (1 - share));
        var smallest = answered.Min(row => row.Answers) * Math.Min(share, 1 - share);
        return new Association(
            Math.Min(1, Math.Sqrt(squared / answers)),
            SpecialFunctions.GammaUpperRegularized((answered.Count - 1) / 2.0, squared / 2),
            smallest < 5);
    }

    private static double Square(double value) => value * value;
}
