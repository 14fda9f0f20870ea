using System.Diagnostics.CodeAnalysis;

namespace Collector.Feedback;

/// <summary>What somebody looks for in texts: every word must be there, or one that begins with it; what stands between quotation marks, as it stands.</summary>
public sealed record SearchQuery
{
    /// <summary>As much of it as is read.</summary>
    public const int Longest = 200;

    private const int MostTerms = 10;

    // Phones write them in their own way.
    private static readonly char[] QuotationMarks = ['"', '\u201C', '\u201D', '\u201E', '\u00AB', '\u00BB'];

    private SearchQuery(IReadOnlyList<string> terms) => Terms = terms;

    /// <summary>What must stand in <see cref="SearchText"/>: no part of it has a meaning in SQL's <c>like</c>.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Reads what was typed; false where no word is in it, or too much.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SearchQuery? query)
    {
        ArgumentNullException.ThrowIfNull(text);
        var terms = new List<string>();
        foreach (var (i, part) in text.Split(QuotationMarks).Index())
        {
            terms.AddRange(i % 2 == 1 ? [SearchText.Of(part)] : part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => SearchText.Of(word).TrimEnd()));
        }

        terms.RemoveAll(string.IsNullOrWhiteSpace);
        query = terms.Count is 0 or > MostTerms || text.Length > Longest ? null : new SearchQuery(terms);
        return query is not null;
    }

    /// <summary>A text in pieces, of which those that were looked for are marked.</summary>
    public IReadOnlyList<(string Text, bool IsFound)> Mark(string text)
    {
        var (words, origins) = SearchText.WithOrigins(text);
        var found = new bool[text.Length];
        foreach (var term in Terms)
        {
            // The spaces around it are no part of what is shown.
            var length = term.Trim().Length;
            for (var at = words.IndexOf(term, StringComparison.Ordinal); at >= 0; at = words.IndexOf(term, at + 1, StringComparison.Ordinal))
            {
                var last = at + length;
                found.AsSpan(origins[at + 1], EndOf(origins, last) - origins[at + 1]).Fill(true);
            }
        }

        var pieces = new List<(string, bool)>();
        for (int start = 0, end = 1; start < text.Length; start = end, end = start + 1)
        {
            while (end < text.Length && found[end] == found[start])
            {
                end++;
            }

            pieces.Add((text[start..end], found[start]));
        }

        return pieces;
    }

    // Where the sign ends that this letter comes from: several letters may come from one.
    private static int EndOf(IReadOnlyList<int> origins, int letter)
    {
        var next = letter + 1;
        while (next < origins.Count - 1 && origins[next] == origins[letter])
        {
            next++;
        }

        return Math.Max(origins[next], origins[letter]);
    }
}
