using System.Diagnostics;
using Collector.Ingest;
using Collector.Tests.Reference;
using Collector.Tests.Support;

namespace Collector.Tests.Ingest;

/// <summary>The user agents come from Reference/user-agents.json: what is said of themselves by bots, by HTTP libraries and by people's browsers.</summary>
[Collection(nameof(Alone))]
public sealed class KnownBotsTests
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private readonly KnownBots bots = new();

    [Fact]
    public void NearlyEveryKnownBotIsKnown()
    {
        var missed = UserAgents.All.Bots.Where(userAgent => !bots.Include(userAgent)).ToList();

        Assert.True(missed.Count <= UserAgents.All.Bots.Count / 100, string.Join('\n', missed));
    }

    [Fact]
    public void NoPersonIsTakenForABot() => Assert.DoesNotContain(UserAgents.All.People, bots.Include);

    [Fact]
    public void AnHttpLibraryIsNoBot() => Assert.DoesNotContain(UserAgents.All.Libraries, bots.Include);

    [Theory]
    [InlineData("Mozilla/5.0 (Linux; Android 15; CPH2557 Build/AP3A.240617.008; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.7444.142 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/146.0.7680.174 Mobile Safari/537.36 MetaIAB Facebook")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 PayPal/8.1")]
    public void APersonInAnAppWhoseNameIsOnOneListAloneIsNoBot(string userAgent) => Assert.False(bots.Include(userAgent));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Firefox)]
    [InlineData("MyShop/3.1 CFNetwork/1494.0.7 Darwin/23.4.0")]
    [InlineData("curl/8.5.0")]
    public void NoneOrAnotherProgramsIsNoSign(string? userAgent) => Assert.False(bots.Include(userAgent));

    [Fact]
    public void AVerdictIsTheSameTheSecondTimeAndAfterManyOthers()
    {
        const string Googlebot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
        for (var round = 0; round < 3; round++)
        {
            Assert.True(bots.Include(Googlebot));
            Assert.False(bots.Include(Firefox));
            for (var i = 0; i < 10_000; i++)
            {
                bots.Include($"x{round}-{i}");
            }
        }
    }

    [Theory]
    [InlineData("Slurp", 1)]
    [InlineData("/1.1", 2)]
    [InlineData("a", 3)]
    [InlineData("@a.", 4)]
    [InlineData("mozilla/5.0 (", 5)]
    [InlineData("1 ", 6)]
    public void NothingThatSomebodyMakesUpTakesLong(string part, int seed)
    {
        var userAgent = $"Slurp {string.Concat(Enumerable.Repeat(part, 8_000 / part.Length))}";
        bots.Include(Firefox);
        var fastest = TimeSpan.MaxValue; // The others are the machine's doing.
        for (var i = 0; i < 20; i++)
        {
            var start = Stopwatch.GetTimestamp();
            bots.Include($"{seed}{i} {userAgent}");
            fastest = Stopwatch.GetElapsedTime(start) is var took && took < fastest ? took : fastest;
        }

        Assert.True(fastest < TimeSpan.FromMilliseconds(10), $"{fastest.TotalMilliseconds} ms");
    }

    [Fact]
    public void OneThatWasSeenBeforeTakesAMicrosecond()
    {
        const int Times = 100_000;
        var fastest = TimeSpan.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Times; i++)
            {
                bots.Include(Firefox);
            }

            fastest = Stopwatch.GetElapsedTime(start) is var took && took < fastest ? took : fastest;
        }

        Assert.True(fastest / Times < TimeSpan.FromMicroseconds(1), $"{fastest.TotalNanoseconds / Times} ns");
    }
}
