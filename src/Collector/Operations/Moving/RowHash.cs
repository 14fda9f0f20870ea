using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Collector.Operations.Moving;

/// <summary>How many rows there were, and SHA-256 over all their values in their order, in hexadecimal: the same in whatever database they are.</summary>
public sealed record RowDigest(long Rows, string Hash);

/// <summary>Makes a digest of rows, one after the other. Each value says what it is and, where that varies, how long: no two tables look the same.</summary>
public sealed class RowHash : IDisposable
{
    private const byte Null = 0, Number = 1, Real = 2, Text = 3;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> row = new(4096);

    /// <summary>How many were added so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row: texts, numbers of 64 bits and nulls.</summary>
    public void Add(object?[] values)
    {
        foreach (var value in values)
        {
            switch (value)
            {
                case null:
                    row.Write([Null]);
                    break;
                case string text:
                    Write(Text, Encoding.UTF8.GetByteCount(text));
                    Encoding.UTF8.GetBytes(text, row);
                    break;
                case double real:
                    Write(Real, BitConverter.DoubleToInt64Bits(real == 0 ? 0 : real)); // SQLite keeps no sign of zero.
                    break;
                default:
                    Write(Number, (long)value);
                    break;
            }
        }

        hash.AppendData(row.WrittenSpan);
        row.ResetWrittenCount();
        Rows++;
    }

    /// <summary>The digest of all that was added.</summary>
    public RowDigest End() => new(Rows, Convert.ToHexStringLower(hash.GetHashAndReset()));

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private void Write(byte tag, long value)
    {
        var bytes = row.GetSpan(1 + sizeof(long));
        bytes[0] = tag;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], value);
        row.Advance(1 + sizeof(long));
    }
}
