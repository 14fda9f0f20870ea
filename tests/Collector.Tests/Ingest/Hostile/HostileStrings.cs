using System.Text.Json;

namespace Collector.Tests.Ingest.Hostile;

/// <summary>Texts that break programs: the Big List of Naughty Strings, and some that JSON, UTF-16, SQLite and this product find hard.</summary>
internal static class HostileStrings
{
    private static readonly string[] Own =
    [
        "\ud83d", "\ude00", "\ude00\ud83d", "a\ud83db", "\ud83d\ud83d\ude00\ude00", "\ud83d\0\ude00", "\udbff\udfff", "\0", "\0\0\0", "a\0b", "\0id", "\u0001\u0002\u001f\u007f",
        "\u0080\u0085\u009f", "\u200b\u200c\u200d\u2060\ufeff", "\u202a\u202b\u202c\u202d\u202e", "\u2066\u2067\u2068\u2069", "\u061c\u200e\u200f", "\u2028\u2029", "\ufffe\uffff", "\ufdd0\ufdef",
        "\ufffd", "\ue000\uf8ff", "\u0300\u0301\u0302", "e\u0301", "\u00e9", "\u212a", "\u0130\u0131", "\u00df\u1e9e", "\ufb01\ufb03", "\u1100\u1161\u11a8", "\uff41\uff42",
        "\u0661\u0662\u0663", "\u2460\u2461", "\u00b2\u00b3\u00bd", new('x', 40), new('x', 41), new('x', 100), new('x', 101), new('x', 200), new('x', 201), new('x', 2_048), new('x', 2_049),
        new('x', 5_000), new('x', 5_001), new(' ', 5_000), new('\u0301', 5_000), new('\u202e', 5_000), new('\ud83d', 5_000), string.Concat(Enumerable.Repeat("\ud83d\ude00", 2_500)),
        new('1', 5_000), new('@', 5_000), new('%', 2_000), new('/', 2_000), new('.', 2_000), new('-', 5_000), new('\\', 2_000), new('"', 2_000), new('\0', 5_000),
        string.Concat(Enumerable.Repeat("a@b.c ", 800)), string.Concat(Enumerable.Repeat("1 ", 2_500)), string.Concat(Enumerable.Repeat("+31 6 ", 800)), string.Concat(Enumerable.Repeat("NL91", 1_250)),
        string.Concat(Enumerable.Repeat("a.", 2_500)), string.Concat(Enumerable.Repeat("a@", 2_500)), string.Concat(Enumerable.Repeat("xn--", 500)), "@site", "@p0", ":id", "$1", "?", "?1", "%s", "{0}",
        "{id}", "{other}", "[email]", "' or 1=1 --", "'; drop table responses; --", "\"; delete from cells; --", "x') on conflict do nothing; --", "/*", "*/", "--", ";", "effort", "other", "shown",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "{01936f5e-7a3c-7d4e-8f90-123456789abc}",
        "01936f5e7a3c7d4e8f90123456789abc", "0x936f5e-7a3c-7d4e-8f90-123456789abc", "+1936f5e-7a3c-7d4e-8f90-123456789abc", " 01936f5e-7a3c-7d4e-8f90-123456789abc\t",
        "01936f5e-7a3c-7d4e-8f90-123456789abg", "01936f5e-7a3c-7d4e-8f90-123456789ab\u0661", "st_0000000000000000", "st_\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661",
        "st_' or '1'='1' or '", "https://shop.example/\ud83d", "https://shop.example/\0", "https://sh\0op.example/", "https://\ud83d/", "https://shop.example/%00", "https://shop.example/%ud83d",
        "https://shop.example/{id}", "https://{other}/", "i-klingon", "x-y", "en-x-a-b", "zh-cmn-Hans-CN", "nl-", "-nl", "nl--BE", "n\u0131", "\u212a\u212a", "qaa-Qaaa-QM-x-southern", "aaa-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaaa",
    ];

    public static IReadOnlyList<string> All { get; } = [.. Read(), .. Own];

    /// <summary>What is left of a text in the database: well-formed, without NUL.</summary>
    public static string Kept(string text) => string.Concat(text.EnumerateRunes()).Replace("\0", "", StringComparison.Ordinal);

    private static IEnumerable<string> Read()
    {
        // Three folders up from bin/Debug/net10.0: the test project itself.
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "../../../Reference/hostile-strings.json")));
        foreach (var text in json.RootElement.GetProperty("strings").EnumerateArray())
        {
            yield return text.GetString()!;
        }
    }
}
