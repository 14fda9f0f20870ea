using System.Globalization;
using Collector.Feedback;
using Collector.Insights;

namespace Collector.Transfer;

/// <summary>The columns of every figure. They are the same whatever was answered, so that a feed that is read again finds them where they were.</summary>
internal static class FigureColumns
{
    public static IReadOnlyList<FigureColumn<CesFigure>> Ces { get; } =
    [
        new("answers", figure => figure.Answers),
        new("mean", figure => figure.Mean),
        new("meanInterval.low", figure => figure.MeanInterval?.Low),
        new("meanInterval.high", figure => figure.MeanInterval?.High),
        new("index", figure => figure.Index),
        .. Share<CesFigure>("easy", figure => figure.Easy),
        .. Share<CesFigure>("difficult", figure => figure.Difficult),
        new("net", figure => figure.Net),
        .. Distribution<CesFigure>(Scale.Lowest, Scale.Highest, figure => figure.Distribution),
        new("scale.min", figure => figure.Scale?.Min),
        new("scale.max", figure => figure.Scale?.Max),
        new("scale.easy", figure => figure.Scale is null ? null : figure.Scale.Easy == EasyEnd.High ? "high" : "low"),
        new("enough", figure => figure.Enough),
        new("formula", figure => figure.Formula),
    ];

    public static IReadOnlyList<FigureColumn<NpsFigure>> Nps { get; } =
    [
        new("answers", figure => figure.Answers),
        new("score", figure => figure.Score),
        new("interval.low", figure => figure.Interval?.Low),
        new("interval.high", figure => figure.Interval?.High),
        .. Share<NpsFigure>("promoters", figure => figure.Promoters),
        .. Share<NpsFigure>("passives", figure => figure.Passives),
        .. Share<NpsFigure>("critics", figure => figure.Critics),
        .. Distribution<NpsFigure>(0, 10, figure => figure.Distribution),
        new("enough", figure => figure.Enough),
        new("formula", figure => figure.Formula),
    ];

    public static IReadOnlyList<FigureColumn<CsatFigure>> Csat { get; } =
    [
        new("answers", figure => figure.Answers),
        new("index", figure => figure.Index),
        new("indexInterval.low", figure => figure.IndexInterval?.Low),
        new("indexInterval.high", figure => figure.IndexInterval?.High),
        .. Share<CsatFigure>("topTwo", figure => figure.TopTwo),
        .. Distribution<CsatFigure>(CsatFigure.Lowest, CsatFigure.Highest, figure => figure.Distribution),
        new("enough", figure => figure.Enough),
        new("formula", figure => figure.Formula),
    ];

    public static IReadOnlyList<FigureColumn<TouchpointFigure>> Touchpoints { get; } =
    [
        new("touchpoint", item => item.Touchpoint),
        new("shown", item => item.Shown),
        new("responses", item => item.Responses),
        new("responseRate", item => item.ResponseRate),
        new("funnel.dismissed", item => item.Funnel.Dismissed),
        new("funnel.started", item => item.Funnel.Started),
        new("funnel.completed", item => item.Funnel.Completed),
        new("suspect.responses", item => item.Suspect.Responses),
        .. Success<TouchpointFigure>(item => item.Success),
        .. CesOf<TouchpointFigure>(item => item.Ces),
    ];

    public static IReadOnlyList<FigureColumn<IntentFigure>> Intents { get; } =
    [
        new("intent", item => item.Intent),
        new("responses", item => item.Responses),
        new("share", item => item.Share),
        .. Success<IntentFigure>(item => item.Success),
        .. CesOf<IntentFigure>(item => item.Ces),
    ];

    /// <summary>Those of a touchpoint among the priorities.</summary>
    /// <param name="target">What all of them are held against.</param>
    /// <param name="formula">How they are ranked.</param>
    public static IReadOnlyList<FigureColumn<PriorityFigure>> Priorities(double? target, string formula) =>
    [
        new("touchpoint", item => item.Touchpoint),
        new("answers", item => item.Answers),
        new("shrunkMean", item => item.ShrunkMean),
        new("probabilityBelowTarget", item => item.ProbabilityBelowTarget),
        new("gain", item => item.Gain),
        new("target", _ => target),
        new("formula", _ => formula),
        .. CesOf<PriorityFigure>(item => item.Ces),
    ];

    private static IReadOnlyList<FigureColumn<PatternCell>> OfCells { get; } =
    [
        new("touchpoint", cell => cell.Touchpoint),
        new("intent", cell => cell.Intent),
        new("answers", cell => cell.Answers),
        new("difficult", cell => cell.Difficult),
        new("share", cell => cell.Share),
        new("rest", cell => cell.Rest),
        new("lift", cell => cell.Lift),
        new("residual", cell => cell.Residual),
        new("p", cell => cell.P),
        new("q", cell => cell.Q),
    ];

    /// <summary>Those of a cell of the patterns.</summary>
    /// <param name="minimumAnswers">So many answers are enough.</param>
    public static IReadOnlyList<FigureColumn<TestedCell>> Cells(int minimumAnswers) =>
    [
        .. Within<TestedCell, PatternCell>("", OfCells, PatternCell.Of),
        new("direction", cell => !cell.IsPattern(minimumAnswers) ? null : cell.Test.Residual > 0 ? "harder" : "easier"),
        new("enough", cell => cell.Test.Answers >= minimumAnswers),
        new("formula", _ => "patterns-1"),
    ];

    /// <summary>Those of a part of a breakdown, which stands behind its key, or of a whole.</summary>
    public static IReadOnlyList<FigureColumn<(string? Key, T Figure)>> Parts<T>(IEnumerable<FigureColumn<T>> columns, bool haveKeys) =>
    [
        .. haveKeys ? [new FigureColumn<(string? Key, T Figure)>("key", part => part.Key)] : (FigureColumn<(string? Key, T Figure)>[])[],
        .. Within<(string? Key, T Figure), T>("", columns, part => part.Figure),
    ];

    private static IEnumerable<FigureColumn<T>> Within<T, TPart>(string prefix, IEnumerable<FigureColumn<TPart>> columns, Func<T, TPart> part) =>
        columns.Select(column => new FigureColumn<T>(prefix + column.Name, item => column.Of(part(item))));

    private static IEnumerable<FigureColumn<T>> CesOf<T>(Func<T, CesFigure> ces) => Within("ces.", Ces, ces);

    private static IEnumerable<FigureColumn<T>> Share<T>(string name, Func<T, ShareFigure?> share) =>
    [
        new($"{name}.share", figure => share(figure)?.Share),
        new($"{name}.low", figure => share(figure)?.Low),
        new($"{name}.high", figure => share(figure)?.High),
    ];

    private static IEnumerable<FigureColumn<T>> Success<T>(Func<T, SuccessFigure?> success) =>
    [
        new("success.answers", figure => success(figure)?.Answers),
        new("success.share", figure => success(figure)?.Share),
        new("success.low", figure => success(figure)?.Low),
        new("success.high", figure => success(figure)?.High),
    ];

    private static IEnumerable<FigureColumn<T>> Distribution<T>(int lowest, int highest, Func<T, IReadOnlyDictionary<string, long>?> distribution) =>
        from score in Enumerable.Range(lowest, highest - lowest + 1)
        let name = score.ToString(CultureInfo.InvariantCulture)
        select new FigureColumn<T>($"distribution.{name}", figure => distribution(figure)?.TryGetValue(name, out var count) == true ? count : null);
}
