using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Collector.Transfer.Incoming;

/// <summary>Cuts a file into its records as it comes in, at the ends of lines; in CSV, not at those between quotation marks. Lines with nothing in them are passed over.</summary>
internal sealed class RecordReader(Stream file, bool isCsv)
{
    /// <summary>The most characters of a record: as many as a single response may have bytes.</summary>
    public const int LongestRecord = 64 * 1024;

    private const int BufferSize = 32 * 1024;

    // What is not UTF-8 is no text that could be kept.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<ulong, int> seen = [];

    /// <summary>The records.</summary>
    /// <exception cref="UnreadableFileException">It cannot be cut into records.</exception>
    public async IAsyncEnumerable<ImportRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var text = new StreamReader(file, Utf8, detectEncodingFromByteOrderMarks: false, BufferSize, leaveOpen: true);
        var buffer = new char[BufferSize];
        var record = new StringBuilder();
        var (line, first, isQuoted, isStart) = (1L, 1L, false, true);
        while (await FillAsync(text, buffer, line, cancellation) is > 0 and var length)
        {
            for (var i = isStart && buffer[0] == '\uFEFF' ? 1 : 0; i < length; i++)
            {
                var character = buffer[i];
                isQuoted ^= isCsv && character == '"';
                if (character == '\n' && !isQuoted)
                {
                    if (Take(record, first) is { } taken)
                    {
                        yield return taken;
                    }

                    first = ++line;
                    continue;
                }

                line += character == '\n' ? 1 : 0;
                record.Append(character);
                if (record.Length > LongestRecord)
                {
                    throw new UnreadableFileException(string.Create(
                        CultureInfo.InvariantCulture, $"The record on line {first} is longer than {LongestRecord / 1024} KB{(isQuoted ? ": is a quotation mark missing?" : ".")}"));
                }
            }

            isStart = false;
        }

        if (isQuoted)
        {
            throw new UnreadableFileException(string.Create(CultureInfo.InvariantCulture, $"The quotation mark in the record on line {first} is never closed."));
        }

        if (Take(record, first) is { } last)
        {
            yield return last;
        }
    }

    private static async ValueTask<int> FillAsync(StreamReader text, char[] buffer, long line, CancellationToken cancellation)
    {
        try
        {
            return await text.ReadAsync(buffer, cancellation);
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableFileException(string.Create(CultureInfo.InvariantCulture, $"It is not in UTF-8, at line {line} or soon after it."));
        }
    }

    private ImportRecord? Take(StringBuilder record, long line)
    {
        var text = record.ToString().TrimEnd('\r');
        record.Clear();
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, RecordIds.HashOf(text), out _);
        return new ImportRecord(line, text, count++);
    }
}

/// <summary>A file that is none of records in UTF-8; the message says where.</summary>
internal sealed class UnreadableFileException(string message) : Exception(message);
