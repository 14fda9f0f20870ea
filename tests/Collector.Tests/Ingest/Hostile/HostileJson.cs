using System.Text;

namespace Collector.Tests.Ingest.Hostile;

/// <summary>Pieces of JSON, and of what is almost JSON, in the spirit of JSONTestSuite.</summary>
internal static class HostileJson
{
    /// <summary>Values that are JSON; whether one is allowed depends on where it stands.</summary>
    public static readonly string[] Values =
    [
        "0", "-0", "1", "-1", "7", "8", "0.0", "-0.0", "1.0", "1.5", "6e0", "6E0", "6e+0", "60e-1", "0.6e1", "0e0", "0e999999", "1e1", "1e400", "-1e400", "1e-400",
        "1E+2147483648", "1e99999999999999999999", "123456789012345678901234567890", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967296",
        "9007199254740993", "9223372036854775807", "9223372036854775808", "18446744073709551616", "0.1000000000000000055511151231257827021181583404541015625",
        "1.7976931348623157e309", "5e-324", "true", "false", "null", "\"\"", "\" \"", "\"null\"", "\"true\"", "\"NaN\"", "\"6\"", "\"\\u0036\"", "\"\\u0000\"",
        "\"\\\"\"", "\"\\\\\"", "\"\\/\"", "\"\\b\\f\\n\\r\\t\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ude00\"", "\"\\ude00\\ud83d\"", "\"\\ud83d\\ud83d\\ude00\"",
        "\"\\ud83dx\"", "\"\\ud83d\\n\"", "\"\\uD83D\\u0000\\uDE00\"", "\"\\udbff\\udfff\"", "\"\\uffff\"", "\"\\ufffe\"", "\"\\ufdd0\"", "\"\u202e\u2066\u200f\"",
        "\"\u0085\u2028\u2029\"", "\"\ufeff\"", "\"\u007f\"", "[]", "[[]]", "[null]", "[0]", "[\"\"]", "[[[[[]]]]]", "[{}]", "[[],{},0,\"\",null,true]", "{}", "{\"\":{}}",
        "{\"\":\"\"}", "{\"a\":1,\"a\":2}", "{\"a\":\"1\",\"a\":\"1\"}", "{\"a\":null}", "{\"\\u0000\":\"\"}", "{\"\\ud800\":\"x\"}", "{\"\\udc00\\ud800\":\"x\",\"\\ud800\":\"x\"}",
        "{\"__proto__\":{}}", "{\"$type\":\"System.Object\"}", "{\"$ref\":\"#\"}", "{\"question\":\"effort\",\"score\":6,\"score\":7}", "{\"question\":null}", "{\"a/b~c\":\"x\"}",
        "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}", " \t\r\n6 \t\r\n",
    ];

    /// <summary>What is no JSON value.</summary>
    public static readonly string[] NoValues =
    [
        "", "+1", "++1", "--1", "-", "01", "-01", "00", "1.", ".1", "-.1", "1..0", "1.e1", "1e", "1e+", "1eE2", "1e1.5", "1_000", "1 000", "1,000", "0x1F", "0b1", "0o7", "1f", "1n",
        "NaN", "-NaN", "Infinity", "-Infinity", "+Infinity", "inf", "nan", "True", "TRUE", "tru", "truee", "nul", "NULL", "undefined", "None", "fals", "\\u0036", "x", "'x'", "`x`",
        "\"", "\"x", "x\"", "\"\\\"", "\"\\", "\"\\x41\"", "\"\\0\"", "\"\\a\"", "\"\\'\"", "\"\\U0041\"", "\"\\u\"", "\"\\u1\"", "\"\\u12\"", "\"\\u123\"", "\"\\u12G4\"",
        "\"\\u{41}\"", "\"\\ud83d\\u\"", "\"\\ud83d\\ude0\"", "\"\\u 041\"", "\"\\u+041\"", "\"\t\"", "\"\n\"", "\"\r\"", "\"\0\"", "\"\u0001\"", "\"\u001f\"", "\0", "\u0001", "\u000b6",
        "\u000c6", "\u00a06", "\u20286", "\ufeff6", "\uff16", "\"x\"\"y\"", "1 2", "[", "]", "[1", "[1,", "[,1]", "[1,]", "[1,,2]", "[1 2]", "[1;2]", "[1:2]", "[\"x\":1]", "[}", "[]]",
        "{", "}", "{]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{\"a\" 1}", "{\"a\"::1}", "{\"a\",1}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{[]:1}",
        "{\"a\":1 \"b\":2}", "{,\"a\":1}", "{\"a\":1,,\"b\":2}", "{\"a\":}", "{:1}", "{\"a\"}", "{{}}", "/**/", "// x\n6", "6/**/", "6#", "<6>", "&", "$", "\u20ac6", "\ud83d\ude00",
        "[[[[[[[[[]]]]]]]]]",
    ];

    /// <summary>Bytes between the quotes of a text that are no UTF-8: overlong, surrogates, beyond Unicode, cut off, other encodings. One character stands for one byte.</summary>
    public static readonly string[] NoUtf8 =
    [
        "\x80", "\xBF", "\xC0\x80", "\xC0\xAF", "\xC1\xBF", "\xC3", "\xC3\x28", "\xE0\x80\x80", "\xE0\x80\xAF", "\xE0\x9F\xBF", "\xE2\x82", "\xE2\x28\xA1", "\xED\xA0\x80", "\xED\xBF\xBF",
        "\xED\xA0\xBD\xED\xB8\x80", "\xF0\x80\x80\x80", "\xF0\x82\x82\xAC", "\xF0\x9F\x98", "\xF0\x28\x8C\xBC", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80",
        "\xFC\x84\x80\x80\x80\x80", "\xFE", "\xFF", "\xFE\xFF", "\xFF\xFE", "\xEF\xBB", "\xE9t\xE9", "\x93x\x94", "\xC0\xA2", "\xFF\\ud83d", "\\ude00\xFF", "\xC3\\u0041",
    ];

    /// <summary>Times at the edges of calendars, clocks, offsets and of how ISO 8601 may be written.</summary>
    public static readonly string[] Times =
    [
        "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "2500-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00-14:00",
        "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59+14:00", "10000-01-01T00:00:00Z", "+010000-01-01T00:00:00Z", "-000001-01-01T00:00:00Z",
        "2038-01-19T03:14:08Z", "2026-11-22T09:00:00+00:00", "2026-11-22T09:00:00-00:00", "2026-11-22T23:00:00+14:00", "2026-11-21T19:00:00-14:00", "2026-11-22T09:00:00+14:01", "2026-11-22T09:00:00+15:00",
        "2026-11-22T09:00:00+23:59", "2026-11-22T09:00:00+24:00", "2026-11-22T09:00:00+00:60", "2026-11-22T09:00:00+99:99", "2026-11-22T14:45:00+05:45", "2026-11-22T09:00:00+1", "2026-11-22T09:00:00+01",
        "2026-11-22T09:00:00+0100", "2026-11-22T09:00:00\u2212", "2026-11-22T09:00:00\u221201:00", "2026-11-22T09:00:60Z", "2016-12-31T23:59:60Z", "2026-11-22T24:00:00Z", "2026-11-21T24:00:00Z",
        "2026-11-22T25:00:00Z", "2026-11-22T09:60:00Z", "2026-02-29T00:00:00Z", "2024-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-31T00:00:00Z",
        "2026-11-22", "2026-11", "2026", "20261122T090000Z", "2026-W47-7", "2026-326", "2026-11-22T09Z", "2026-11-22T09:00Z", "2026-11-22T09:00", "2026-11-22T09:00:00", "2026-11-22T09:00:00z",
        "2026-11-22t09:00:00Z", "2026-11-22 09:00:00Z", "2026-11-22T09:00:00,5Z", "2026-11-22T09:00:00.Z", "2026-11-22T09:00:00.123456789Z", "2026-11-22T09:00:00.0000000000000000000000001Z",
        " 2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z ", "2026-11-22T09:00:00Z\0", "\0\0\0\0\0\0\0\0\0\0\0\0", "\u0662\u0660\u0662\u0666-11-22T09:00:00Z", "2026-11-22T09:00:00[Europe/Amsterdam]", "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00", "Sun, 22 Nov 2026 09:00:00 GMT", "11/22/2026", "22-11-2026", "1795338000", "1795338000000", "now", "", "T", "Z", "-", "2026-11-15T09:30:00Z", "2026-11-15T09:29:59.999Z",
        "2026-11-22T09:30:00Z", "2026-11-22T09:30:00.001Z", "\ud800-2026-11-22T09:00:00Z",
    ];

    /// <summary>What goes before, after and between of a body, and what that makes of it.</summary>
    public static IEnumerable<(string What, byte[] Body, int Status)> Wrapped(Func<byte[]> valid)
    {
        foreach (var before in (string[])["\xEF\xBB\xBF", " \t\r\n", "\xEF\xBB\xBF \n"])
        {
            yield return ($"{before} before", [.. Latin(before), .. valid()], 201);
        }

        foreach (var before in (string[])["\xEF\xBB\xBF\xEF\xBB\xBF", " \xEF\xBB\xBF", "\xEF\xBB", "\xFE\xFF", "\xFF\xFE", "\0", "\f", "\xC2\xA0", ")]}',\n", "x=", "\x1E", "// x\n", ",", "[", "{}", "null "])
        {
            yield return ($"{before} before", [.. Latin(before), .. valid()], 400);
        }

        yield return ("space after", [.. valid(), .. " \t\r\n"u8], 201);
        foreach (var after in (string[])["\0", "\xEF\xBB\xBF", "}", "]", ",", "{}", "x", "null", "\x1A", "#", "//", "/**/", ";", "\xFF", "\u007f"])
        {
            yield return ($"{after} after", [.. valid(), .. Latin(after)], 400);
        }

        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(bigEndian: true, byteOrderMark: true)])
        {
            var text = Encoding.UTF8.GetString(valid());
            yield return (encoding.WebName, encoding.GetBytes(text), 400);
            yield return ($"{encoding.WebName} with its mark", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)], 400);
        }
    }

    /// <summary>Bytes written as characters up to U+00FF; a text with others as UTF-8.</summary>
    public static byte[] Latin(string text) => text.All(c => c <= '\xFF') ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text);
}
