using Collector.Feedback;
using Collector.Tests.Reference;

namespace Collector.Tests.Feedback;

public sealed class PageTests
{
    [Theory]
    [InlineData("https://shop.example", "shop.example/")]
    [InlineData("https://shop.example/contact?utm_source=x#top", "shop.example/contact")]
    [InlineData("http://user:secret@SHOP.example:80/Contact/", "shop.example/Contact")]
    [InlineData("https://shop.example:443/a/./b/../c", "shop.example/a/c")]
    [InlineData("https://bücher.example/é", "xn--bcher-kva.example/%C3%A9")]
    [InlineData("http://localhost:5081/x", "localhost:5081/x")]
    [InlineData("http://[0:0::1]:8080/x", "[::1]:8080/x")]
    public void PageIsHostAndPath(string url, string page) => Assert.Equal(page, Parse(url).ToString());

    [Fact]
    public void HostKeepsItsPortAndPathItsSlash()
    {
        var page = Parse("http://localhost:5081/a/b?c");
        Assert.Equal("localhost:5081", page.Host);
        Assert.Equal("/a/b", page.Path);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("//", "/")]
    [InlineData("/a/", "/a")]
    [InlineData("/a//", "/a")]
    [InlineData("/a//b/", "/a//b")]
    [InlineData("/a/.", "/a")]
    [InlineData("/a/?b/", "/a")]
    public void SlashesAtTheEndAreDroppedExceptOfTheRoot(string path, string expected) => Assert.Equal(expected, PathOf(path));

    [Theory]
    [InlineData("/%7euser/%41%2d%5F", "/~user/A-_")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/%c3%a9", "/%C3%A9")]
    [InlineData("/é", "/%C3%A9")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/a b", "/a%20b")]
    [InlineData("/{id}", "/%7Bid%7D")]
    [InlineData("/100%", "/100%25")]
    [InlineData("/100%25", "/100%25")]
    [InlineData("/a^b", "/a%5Eb")]
    [InlineData("/it's(a)+b", "/it's(a)+b")]
    public void PercentEncodingHasOneForm(string path, string expected) => Assert.Equal(expected, PathOf(path));

    [Theory]
    [InlineData("/a/%252e%252e/b", "/a/%252e%252e/b")]
    [InlineData("/a/%%32e%%32e/b", "/a/%252e%252e/b")]
    [InlineData("/a/%2%65/b", "/a/%252e/b")]
    [InlineData("/a/%2e%2E/b", "/b")]
    [InlineData("/a/%2e%2e%2e/b", "/a/.../b")]
    [InlineData("/a/%2e%2e%2fb", "/a/..%2Fb")]
    public void DecodingMakesNoDotSegment(string path, string expected) => Assert.Equal(expected, PathOf(path));

    [Theory]
    [InlineData("")]
    [InlineData("shop.example/contact")]
    [InlineData("ftp://shop.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://")]
    [InlineData("https://a b/")]
    [InlineData("https://shop.example:65536/")]
    public void WhatIsNoWebAddressIsNoPage(string text) => Assert.False(Page.TryParse(text, out _));

    [Fact]
    public void LongestUrlIsTakenAndALongerOneIsNot()
    {
        var longest = "https://shop.example/".PadRight(Page.MaximumLength, 'a');
        Assert.True(Page.TryParse(longest, out _));
        Assert.False(Page.TryParse(longest + "a", out _));
        Assert.True(Page.TryParse("https://shop.example/?".PadRight(Page.MaximumLength, 'é'), out _));
        Assert.False(Page.TryParse("https://shop.example/".PadRight(Page.MaximumLength, 'é'), out _));
    }

    [Fact]
    public void PageReadAgainIsTheSamePage()
    {
        foreach (var page in AllPages())
        {
            // Without its scheme, only the other one's default port needs to be told apart.
            var scheme = page.Host.EndsWith(":443", StringComparison.Ordinal) ? "http://" : "https://";
            Assert.Equal(page, Parse(scheme + page));
        }
    }

    [Fact]
    public void NoPageHasADotSegmentOrASlashTooMany()
    {
        foreach (var page in AllPages())
        {
            Assert.DoesNotContain(page.Path.Split('/'), segment => segment is "." or "..");
            Assert.True(string.Equals(page.Path, "/", StringComparison.Ordinal) || !page.Path.EndsWith('/'));
            Assert.Equal(page.Host, page.Host.ToLowerInvariant());
            Assert.All(page.ToString(), c => Assert.InRange(c, '!', '~'));
        }
    }

    [Fact]
    public void ShortWayAndLongWayAgree()
    {
        var plain = 0;
        foreach (var entry in Pages.All)
        {
            if (Page.Plain(entry.Input) is { } page)
            {
                Assert.Equal(Page.Any(entry.Input), page);
                plain++;
            }
        }

        Assert.InRange(plain, 80, Pages.All.Count);
    }

    [Fact]
    public void NothingThrows()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 100_000; i++)
        {
            var text = new char[random.Next(40)];
            for (var j = 0; j < text.Length; j++)
            {
                text[j] = random.Next(4) == 0 ? (char)random.Next(char.MaxValue + 1) : @"aZ0.:/\?#@[]%2exn-- "[random.Next(20)];
            }

            var url = "https://" + new string(text);
            if (Page.TryParse(url, out var page))
            {
                Assert.Equal(Page.Any(url), page);
            }
        }
    }

    private static IEnumerable<Page> AllPages() => Pages.All.Select(entry => Page.TryParse(entry.Input, out var page) ? page : null).OfType<Page>();

    private static string PathOf(string path) => Parse("https://shop.example" + path).Path;

    private static Page Parse(string url)
    {
        Assert.True(Page.TryParse(url, out var page), url);
        return page;
    }
}
