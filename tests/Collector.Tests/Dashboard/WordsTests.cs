using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Collector.Tests.Dashboard;

/// <summary>All that the dashboard says in English it says in Dutch, with the same values in it; and nothing is translated that nobody says.</summary>
public sealed partial class WordsTests
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/Collector/Dashboard"));

    [Fact]
    public void EveryTextIsThereInDutch() => Assert.Empty(Said().Except(Dutch().Keys).Order(StringComparer.Ordinal));

    [Fact]
    public void ATranslationHoldsTheSameValues() => Assert.All(Dutch(), pair => Assert.Equal(ValuesIn(pair.Key), ValuesIn(pair.Value)));

    [Fact]
    public void ThePagesSayWhatTheFilesHold() => Assert.All(Dutch(), pair => Assert.Equal(pair.Value, Collector.Dashboard.Shell.Words.In("nl").Say(pair.Key)));

    [Fact]
    public void NoTextIsTranslatedInTwoWays()
    {
        var twice = Files("*.nl.json").SelectMany(Read).GroupBy(pair => pair.Key).Where(group => group.Select(pair => pair.Value).Distinct().Count() > 1);

        Assert.Empty(twice.Select(group => $"{group.Key}: {string.Join(" | ", group.Select(pair => pair.Value))}"));
    }

    private static HashSet<string> Said() =>
        [.. Files("*.razor").Concat(Files("*.cs")).SelectMany(file => TextsIn(File.ReadAllText(file))).Where(text => Words().IsMatch(text))];

    // The texts within the parentheses of Say(…), Count(…) and Text(…), those of a condition's two arms too.
    private static IEnumerable<string> TextsIn(string source)
    {
        foreach (Match call in Calls().Matches(source))
        {
            var (at, depth) = (call.Index + call.Length, 1);
            while (depth > 0 && at < source.Length)
            {
                if (source[at] == '"')
                {
                    var text = Literal().Match(source, at);
                    if (source[at - 1] != '$')
                    {
                        yield return Regex.Unescape(text.Groups["text"].Value);
                    }

                    at += text.Length;
                    continue;
                }

                depth += source[at] == '(' ? 1 : source[at] == ')' ? -1 : 0;
                at++;
            }
        }
    }

    private static Dictionary<string, string> Dutch()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (english, dutch) in Files("*.nl.json").SelectMany(Read))
        {
            all[english] = dutch;
        }

        return all;
    }

    private static Dictionary<string, string> Read(string file) => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!;

    private static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Folder, pattern, SearchOption.AllDirectories).Where(file => !file.Contains("node_modules", StringComparison.Ordinal));

    private static string ValuesIn(string text) => string.Join(' ', Values().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal));

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex(@"\b(?:Say|Count|Words\.Text)\(", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Calls();

    [GeneratedRegex("""\G"(?<text>(?:[^"\\]|\\.)*)"|\G"(?<text>)""", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"[A-Za-z]{2}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Words();

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Values();
}
