using System.Buffers.Binary;

namespace Collector.Storage;

/// <summary>The write-ahead log beside a SQLite file, as far as it tells whether the two belong together.</summary>
internal static class SqliteLog
{
    private const int HeaderLength = 32, FrameHeaderLength = 24;

    /// <summary>The numbers of the pages that the log holds. Reading it is safe beside connections: SQLite keeps its locks on other files.</summary>
    public static HashSet<uint> Pages(string databaseFile)
    {
        var pages = new HashSet<uint>();
        var log = new FileInfo(databaseFile + "-wal");
        if (!log.Exists || log.Length < HeaderLength)
        {
            return pages;
        }

        using var stream = new FileStream(log.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> header = stackalloc byte[HeaderLength];
        stream.ReadExactly(header);
        var pageSize = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        var salts = BinaryPrimitives.ReadUInt64BigEndian(header[16..]);
        Span<byte> frame = stackalloc byte[FrameHeaderLength];
        while (stream.ReadAtLeast(frame, FrameHeaderLength, throwOnEndOfStream: false) == FrameHeaderLength
            && BinaryPrimitives.ReadUInt64BigEndian(frame[8..]) == salts) // Other salts are left from an earlier round of the log.
        {
            pages.Add(BinaryPrimitives.ReadUInt32BigEndian(frame));
            stream.Seek(pageSize, SeekOrigin.Current);
        }

        return pages;
    }
}
