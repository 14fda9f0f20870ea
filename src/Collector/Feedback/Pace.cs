namespace Collector.Feedback;

/// <summary>How fast people answer.</summary>
public static class Pace
{
    // To press one key at a light that one waits for takes people 240 ms on average, with nothing to read and nothing to choose (Card, Moran and
    // Newell, The Psychology of Human-Computer Interaction, 1983); to choose among seven, more than half a second (Hick, 1952). What stays
    // below the first for each answer, reading included, is no person, and no person who taps as fast as can be comes near it.
    private static readonly TimeSpan ShortestForOneAnswer = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Whether nobody can give so many answers in this time after the survey appeared. A time that is not known is no sign, nor is one below zero: it tells of
    /// a clock that was set, and of nothing else.
    /// </summary>
    public static bool IsTooFast(int answers, TimeSpan? sinceShown) => sinceShown >= TimeSpan.Zero && sinceShown < answers * ShortestForOneAnswer;
}
