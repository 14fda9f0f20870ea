using System.Text.Json;

namespace Collector.Ingest;

/// <summary>
/// Tells bots by the user agent that they send: crawlers, monitors, scanners, browsers without a head. A user agent is looked at and neither stored nor
/// logged; verdicts are remembered for a while, in memory alone.
/// </summary>
/// <remarks>
/// It takes two lists that agree. One knows bots by name, and takes people for some of them: their phone's build or the app around their browser is in it. The other
/// knows what is nobody's browser, and that is every HTTP library, too. A bot that is missed is one of many; a person who is not heard is one too many.
/// known-bots.mjs brings the lists up to date.
/// </remarks>
internal sealed class KnownBots
{
    // No known bot says more than 285 characters of itself; what comes after this would only cost time. With it, what is remembered stays below 4 MB.
    private const int Longest = 400, Remembered = 4_096;

    private readonly UserAgentPatterns bots, nobodysBrowser;
    private readonly Verdict?[] seen = new Verdict?[Remembered];

    public KnownBots()
    {
        using var stream = typeof(KnownBots).Assembly.GetManifestResourceStream("known-bots.json")!;
        var lists = JsonSerializer.Deserialize(stream, IngestJson.Default.BotLists)!;
        bots = new UserAgentPatterns(lists.Bots, ignoreCase: false);
        nobodysBrowser = new UserAgentPatterns(lists.NobodysBrowser, ignoreCase: true);
    }

    /// <summary>Whether this is a known bot's. None at all is no sign: servers and careful browsers send none.</summary>
    public bool Include(string? userAgent)
    {
        if (string.IsNullOrEmpty(userAgent))
        {
            return false;
        }

        var told = userAgent.Length > Longest ? userAgent[..Longest] : userAgent;

        // One place for each hash, which the next one with that hash takes over: no lock, and no number of made-up user agents grows it.
        var place = (uint)string.GetHashCode(told, StringComparison.Ordinal) % Remembered;
        if (seen[place] is not { } verdict || verdict.UserAgent != told)
        {
            seen[place] = verdict = new Verdict(told, bots.Match(told) && nobodysBrowser.Match(told));
        }

        return verdict.IsBot;
    }

    private sealed record Verdict(string UserAgent, bool IsBot);
}

/// <summary>The two lists.</summary>
internal sealed record BotLists(BotList Bots, BotList NobodysBrowser);
