using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Collector.Feedback;

/// <summary>Checks texts that visitors will read, each in some languages and at least in the site's default one.</summary>
internal sealed class TextCheck(string defaultLanguage, FieldErrors errors)
{
    private const int MostLanguages = 50;

    /// <summary>The text as it was given, or none in its place when it is missing, which is an error.</summary>
    public IReadOnlyDictionary<string, string> Required(IReadOnlyDictionary<string, string>? text, string pointer, int longest)
    {
        if (text is null)
        {
            errors.AddMalformed(pointer, "Is required.");
            return new Dictionary<string, string>();
        }

        Optional(text, pointer, longest);
        return text;
    }

    /// <summary>The text as it was given, if it was.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public IReadOnlyDictionary<string, string>? Optional(IReadOnlyDictionary<string, string>? text, string pointer, int longest)
    {
        if (text is null)
        {
            return null;
        }

        if (!text.ContainsKey(defaultLanguage))
        {
            errors.Add(JsonPointer.To(pointer, defaultLanguage), "Is missing: this is the site's default language.");
        }

        if (text.Count > MostLanguages)
        {
            errors.Add(pointer, string.Create(CultureInfo.InvariantCulture, $"At most {MostLanguages} languages."));
            return text;
        }

        foreach (var (language, words) in text)
        {
            if (!LanguageTag.IsOne(language))
            {
                errors.Add(JsonPointer.To(pointer, language), "Not a BCP 47 tag, such as nl or pt-BR.");
            }
            else if (string.IsNullOrWhiteSpace(words) || words.Length > longest || words.Any(char.IsControl))
            {
                errors.Add(JsonPointer.To(pointer, language), string.Create(CultureInfo.InvariantCulture, $"1 to {longest} characters, none of them a control character."));
            }
        }

        return text;
    }
}
