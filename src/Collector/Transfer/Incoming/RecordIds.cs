using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Collector.Transfer.Incoming;

/// <summary>Ids for records that have none of ours: the same for the same record of the same site, so that a file that is brought in again is repeated and not doubled.</summary>
internal static class RecordIds
{
    /// <summary>The id of a record that another tool knows by a name.</summary>
    public static Guid OfName(string site, string name) => Of($"{site}\nname\n{name}");

    /// <summary>The id of a record that has no name: it is what stands in it, and how many of the same stand before it.</summary>
    public static Guid OfText(string site, ImportRecord record) => Of(string.Create(CultureInfo.InvariantCulture, $"{site}\ntext\n{record.Earlier}\n{record.Text}"));

    /// <summary>A short stand-in for a record's text.</summary>
    public static ulong HashOf(string text) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // A UUID of version 8 (RFC 9562): what is in it is ours.
    private static Guid Of(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
