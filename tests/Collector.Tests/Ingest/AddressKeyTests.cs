using System.Net;
using Collector.Ingest;

namespace Collector.Tests.Ingest;

public sealed class AddressKeyTests
{
    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff")]
    [InlineData("fe80::1", "fe80::2%3")]
    public void TheseAreOneAddress(string one, string other) => Assert.Equal(Key(one), Key(other));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2")]
    [InlineData("192.0.2.1", "193.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2")]
    [InlineData("::ffff:192.0.2.1", "::1")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1")]
    [InlineData("2001:db8:1:2::1", "2002:db8:1:2::1")]
    public void TheseAreTwo(string one, string other) => Assert.NotEqual(Key(one), Key(other));

    private static AddressKey Key(string address) => AddressKey.Of(IPAddress.Parse(address));
}
