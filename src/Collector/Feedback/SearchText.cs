using System.Globalization;
using System.Text;

namespace Collector.Feedback;

/// <summary>Text as it is searched: in small letters without accents, each word between two spaces. "Café-crème" is " cafe creme ". Scripts that put no space between words have each sign as a word.</summary>
public static class SearchText
{
    // The one that Normalize refuses.
    private static readonly Rune NoCharacter = new('\uFFFE');

    /// <summary>The words of a text.</summary>
    public static string Of(string text) => Fold(text, origins: null);

    /// <summary>The same, and where in the text each of its letters comes from: one more than there are letters, the last being the end of the text.</summary>
    public static (string Words, IReadOnlyList<int> Origins) WithOrigins(string text)
    {
        var origins = new List<int>();
        return (Fold(text, origins), origins);
    }

    private static string Fold(string text, List<int>? origins)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new StringBuilder(text.Length + 2);
        Add(' ', 0);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii || rune == NoCharacter)
            {
                AddLetter(rune, at);
            }
            else
            {
                foreach (var part in rune.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
                {
                    AddLetter(part, at);
                }
            }

            at += rune.Utf16SequenceLength;
        }

        AddSpace(text.Length);
        origins?.Add(text.Length);
        return words.ToString();

        void Add(char letter, int origin)
        {
            words.Append(letter);
            origins?.Add(origin);
        }

        void AddSpace(int origin)
        {
            if (words[^1] != ' ')
            {
                Add(' ', origin);
            }
        }

        void AddLetter(Rune letter, int origin)
        {
            if (Rune.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            {
                return;
            }

            if (!Rune.IsLetterOrDigit(letter) && Rune.GetUnicodeCategory(letter) != UnicodeCategory.SpacingCombiningMark)
            {
                AddSpace(origin);
                return;
            }

            var isWord = IsWord(letter.Value);
            if (isWord)
            {
                AddSpace(origin);
            }

            foreach (var unit in Rune.ToLowerInvariant(letter).ToString())
            {
                Add(unit, origin);
            }

            if (isWord)
            {
                AddSpace(origin);
            }
        }
    }

    // Thai, Lao, Burmese, Khmer; kana; Chinese characters.
    private static bool IsWord(int letter) => letter is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0x20000 and <= 0x323AF);
}
