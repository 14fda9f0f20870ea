using System.Net;
using Collector.Webhooks;
using Microsoft.Extensions.Configuration;

namespace Collector.Tests.Webhooks;

/// <summary>Nobody reaches through a webhook what does not lie on the public internet.</summary>
public sealed class OutgoingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Inside =>
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.1", "127.1.2.3", "169.254.0.1", "169.254.169.254", "169.254.170.2",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.31.196.1", "192.52.193.1", "192.175.48.1",
        "::", "::1", "::2", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:10.0.0.1", "64:ff9b::a00:1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "100::1", "2001::1", "2001:0:7f00:1::1", "2001:2::1", "2001:10::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2620:4f:8000::1", "3fff::1", "4000::1", "5f00::1",
        "fc00::1", "fd00::1", "fd00:ec2::254", "fd20:ce::254", "fe80::1", "fe80::a9fe:a9fe", "fec0::1", "ff02::1", "ff0e::1",
    ];

    public static TheoryData<string> Outside => ["1.1.1.1", "8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450::1"];

    // As people write addresses who want them not to be seen as such: whatever the URL parser makes of them is looked at.
    public static TheoryData<string> Written =>
    [
        "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/", "https://127.0.1/", "https://0/", "https://[::]/", "https://[::ffff:7f00:1]/",
        "https://①②⑦.⓪.⓪.①/", "https://127。0。0。1/", "https://127.0.0.1./", "https://0xa9.0xfe.0xa9.0xfe/", "https://2852039166/", "https://[fe80::1%25eth0]/",
    ];

    [Theory]
    [MemberData(nameof(Inside))]
    public async Task AnAddressInsideIsNotConnectedTo(string address)
    {
        Assert.False(PublicAddress.Is(IPAddress.Parse(address)));
        Assert.Equal("The host's address is not one on the public internet.", (await SendAsync("https://receiver.example/", address)).Error);
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public void AnAddressOutsideIs(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [MemberData(nameof(Written))]
    public async Task HoweverAnAddressIsWrittenItIsLookedAt(string url)
    {
        // The name is resolved to the machine itself, in case it is taken for one.
        var answer = await SendAsync(url, "127.0.0.1");
        Assert.Contains(answer.Error, (string[])["The host's address is not one on the public internet.", "The host's name leads nowhere."]);
    }

    [Fact]
    public async Task ANameThatLeadsElsewhereAMomentLaterLeadsNowhere()
    {
        await using var receiver = await Receiver.StartAsync();
        var asked = 0;
        using var outgoing = new Outgoing(Settings(), (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Parse("203.0.113.1") : IPAddress.Loopback]));
        for (var i = 0; i < 3; i++)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, receiver.Url.Replace("127.0.0.1", "rebinding.example", StringComparison.Ordinal).Replace("http:", "https:", StringComparison.Ordinal));
            Assert.Equal("The host's address is not one on the public internet.", (await outgoing.SendAsync(message, Cancellation)).Error);
        }

        Assert.Equal(3, asked); // Once for each connection, and never between the look and the connection.
        Assert.Empty(receiver.Got);
    }

    [Fact]
    public async Task OfANamesAddressesOnlyThoseOutsideAreTried()
    {
        await using var receiver = await Receiver.StartAsync();
        using var outgoing = new Outgoing(Settings("127.0.0.0/8"), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1"), IPAddress.Loopback]));
        using var message = new HttpRequestMessage(HttpMethod.Post, receiver.Url.Replace("127.0.0.1", "desk.example", StringComparison.Ordinal));
        Assert.True((await outgoing.SendAsync(message, Cancellation)).IsTaken);
    }

    [Fact]
    public async Task PlainHttpGoesToListedNetworksOnly()
    {
        using var outgoing = new Outgoing(Settings("127.0.0.0/8"), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("1.1.1.1")]));
        using var message = new HttpRequestMessage(HttpMethod.Post, "http://receiver.example/");
        Assert.Equal("The host's address is not one on the public internet.", (await outgoing.SendAsync(message, Cancellation)).Error);
    }

    [Fact]
    public void ANetworkThatIsNoneStopsTheStart() => Assert.Throws<InvalidOperationException>(() => Settings("localhost"));

    private static WebhookSettings Settings(string allowed = "") =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Collector:Webhooks:AllowedNetworks", allowed)]).Build());

    private static async Task<Answer> SendAsync(string url, string address)
    {
        using var outgoing = new Outgoing(Settings(), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]));
        using var message = new HttpRequestMessage(HttpMethod.Post, url);
        return await outgoing.SendAsync(message, Cancellation);
    }
}
