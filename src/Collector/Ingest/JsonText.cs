using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Collector.Ingest;

/// <summary>Reads JSON strings that browsers do send and strict readers refuse: half an emoji, or bytes that are not UTF-8.</summary>
internal static class JsonText
{
    /// <summary>The string at the reader, with U+FFFD for what is broken, and without NUL, which no database keeps alike.</summary>
    public static string Read(ref Utf8JsonReader json)
    {
        string text;
        try
        {
            text = json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            text = Repair(Encoding.UTF8.GetString(json.ValueSpan));
        }

        return text.Replace("\0", "", StringComparison.Ordinal);
    }

    // The reader has already made sure that each escape is complete.
    private static string Repair(string escaped)
    {
        var units = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                units.Append(escaped[i]);
                continue;
            }

            switch (escaped[++i])
            {
                case 'u':
                    units.Append((char)int.Parse(escaped.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 4;
                    break;
                case 'b': units.Append('\b'); break;
                case 'f': units.Append('\f'); break;
                case 'n': units.Append('\n'); break;
                case 'r': units.Append('\r'); break;
                case 't': units.Append('\t'); break;
                default: units.Append(escaped[i]); break;
            }
        }

        var text = new StringBuilder(units.Length);
        foreach (var rune in units.ToString().EnumerateRunes())
        {
            text.Append(rune); // A lone surrogate comes out as U+FFFD.
        }

        return text.ToString();
    }
}
