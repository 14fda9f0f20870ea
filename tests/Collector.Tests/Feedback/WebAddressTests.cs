using System.Text.Json;
using Collector.Feedback;
using Collector.Tests.Reference;

namespace Collector.Tests.Feedback;

public sealed class WebAddressTests
{
    // Hosts that Node reads otherwise, all beyond ASCII or in punycode, none to be met on a real website.
    private static readonly Dictionary<string, string[]> KnownDifferences = new(StringComparer.Ordinal)
    {
        ["browsers take a label with a hyphen at an edge, IdnMapping does not"] = ["ü-", "-ü"],
        ["browsers take a label that is too long for DNS, IdnMapping does not"] = ["ü" + new string('a', 70)],
        ["browsers take a label of nothing but ignored characters as an empty one, IdnMapping does not"] = ["%E2%80%8B", "%C2%AD"],
        ["the newer standard refuses punycode of plain ASCII, as IdnMapping does; Node 20 takes it"] = ["xn--a-", "xn--ascii-", "xn--ab-"],
        ["browsers refuse labels that mix directions of writing, IdnMapping does not"] = ["אa", "א0٠", "\u0661a", "xn--a-yoc"],
    };

    [Fact]
    public void EveryUrlIsReadAsNodeReadsIt()
    {
        var different = Pages.All.Where(entry => Parse(entry.Input) != entry.Expected).ToList();
        var known = KnownDifferences.Values.SelectMany(hosts => hosts).ToHashSet(StringComparer.Ordinal);

        var unknown = different.Where(entry => !known.Contains(HostOf(entry.Input)))
            .Select(entry => $"{JsonSerializer.Serialize(entry.Input)} is {entry.Expected} to Node, but {Parse(entry.Input)} here");
        Assert.Equal("", string.Join("\n", unknown));
        Assert.Empty(known.Except(different.Select(entry => HostOf(entry.Input)), StringComparer.Ordinal));
        Assert.InRange(Pages.All.Count, 1_500, int.MaxValue);
    }

    // The corpus has each host as https://{host}.example/ and https://{host}/x.
    private static string HostOf(string url) =>
        url.Replace("https://", "", StringComparison.Ordinal).Replace(".example/", "", StringComparison.Ordinal).Replace("/x", "", StringComparison.Ordinal);

    private static (string Host, string Path)? Parse(string text) => WebAddress.TryParse(text, out var address) ? (address.Host, address.Path) : null;
}
