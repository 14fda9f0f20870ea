using System.Buffers.Binary;
using System.Net;

namespace Collector.Ingest;

/// <summary>
/// What counts as one address: an IPv4 address, also when it is written as IPv6 (<c>::ffff:…</c>); of IPv6 the first 64 bits, because
/// one subscriber has all the others to choose from. An IPv4 address is a number below 2³², which as IPv6 would be nobody's.
/// </summary>
internal readonly record struct AddressKey(ulong Number)
{
    public static AddressKey Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return new AddressKey(length == 4 || address.IsIPv4MappedToIPv6
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes[(length - 4)..])
            : BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
