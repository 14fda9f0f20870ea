using System.IO.Compression;
using System.Text.Json;

namespace Collector.Transfer.Incoming;

/// <summary>Records as they are stored until they are brought in: a tenth of their size, and a text that every database takes, whatever stood in the file.</summary>
internal static class PackedRecords
{
    public static string Pack(IReadOnlyList<ImportRecord> records)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(deflate, records, TransferJson.Default.IReadOnlyListImportRecord);
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    public static IReadOnlyList<ImportRecord> Unpack(string packed)
    {
        using var inflate = new DeflateStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(inflate, TransferJson.Default.IReadOnlyListImportRecord)!;
    }
}
