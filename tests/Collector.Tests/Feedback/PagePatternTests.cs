using Collector.Feedback;

namespace Collector.Tests.Feedback;

public sealed class PagePatternTests
{
    [Theory]
    [InlineData("/products/*", "/products/42", true)]
    [InlineData("/products/*", "/products", false)]
    [InlineData("/products/*", "/products/42/review", false)]
    [InlineData("/products/*", "/Products/42", false)]
    [InlineData("/products/*", "/products/*", true)]
    [InlineData("/**/review", "/review", true)]
    [InlineData("/**/review", "/products/42/review/", true)]
    [InlineData("/**/review", "/products/42/review/1", false)]
    [InlineData("/**/review", "/preview", false)]
    [InlineData("/products/**", "/products", true)]
    [InlineData("/products/**", "/products/a/b/c", true)]
    [InlineData("/**/a/**/b", "/a/b/a/x/b", true)]
    [InlineData("/**/a/**/b", "/b/x/a", false)]
    [InlineData("/**/a/*/b", "/a/a/x/b", true)]
    [InlineData("/**/a/*/b", "/a/a/b/b", true)]
    [InlineData("/**/a/*/b", "/a/b", false)]
    [InlineData("/", "/", true)]
    [InlineData("/", "/a", false)]
    [InlineData("/*", "/", false)]
    [InlineData("/**", "/", true)]
    [InlineData("/**", "/a/b", true)]
    [InlineData("/a/*/b", "/a//b", true)]
    [InlineData("/a/**/b", "/a/**/b", true)]
    [InlineData("/a/**/b/c", "/a/**/c", false)]
    [InlineData("/café/*", "/caf%c3%a9/au-lait", true)]
    [InlineData("/contact/", "/contact", true)]
    [InlineData("shop.example/*", "/a", true)]
    [InlineData("SHOP.example:443/*", "/a", true)]
    [InlineData("other.example/*", "/a", false)]
    [InlineData("shop.example:8080/*", "/a", false)]
    public void OneStarIsASegmentAndTwoAreAnyNumber(string pattern, string path, bool matches) =>
        Assert.Equal(matches, Read(pattern).Matches(PageOf(path)));

    [Theory]
    [InlineData("/products/*/", "/products/*")]
    [InlineData("/café/%7e*/../*", "/caf%C3%A9/*")]
    [InlineData("Shop.Example/**/**/x", "shop.example/**/x")]
    [InlineData("bücher.example/*", "xn--bcher-kva.example/*")]
    [InlineData("localhost:5081/**", "localhost:5081/**")]
    [InlineData("/", "/")]
    [InlineData("/a b", "/a%20b")]
    public void ItIsWrittenInTheOneFormThatPagesHave(string text, string pattern)
    {
        Assert.Equal(pattern, Read(text).ToString());
        Assert.Equal(pattern, Read(pattern).ToString());
    }

    [Theory]
    [InlineData("", "1 to 500")]
    [InlineData("/a\tb", "control")]
    [InlineData("https://shop.example/*", "scheme")]
    [InlineData("/search?q=*", "keepParameters")]
    [InlineData("/a#b", "keepParameters")]
    [InlineData("/orders/{id}", "Braces")]
    [InlineData("shop.example", "path")]
    [InlineData("*.shop.example/a", "host")]
    [InlineData("user@shop.example/a", "host")]
    [InlineData("a b/c", "host")]
    [InlineData("/prod*", "whole segment")]
    [InlineData("/***", "whole segment")]
    public void AWrongPatternIsToldWhatIsWrong(string text, string about)
    {
        var errors = new FieldErrors();
        Assert.Null(PagePattern.Read(text, "/pattern", errors));
        Assert.Contains(about, errors.ToDictionary()["/pattern"].Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void LengthAndSegmentsHaveTheirLimits()
    {
        Assert.NotNull(PagePattern.Read("/".PadRight(500, 'a'), "", new FieldErrors()));
        Assert.Null(PagePattern.Read("/".PadRight(501, 'a'), "", new FieldErrors()));
        Assert.Null(PagePattern.Read("/".PadRight(100, 'é'), "", new FieldErrors()));
        Assert.True(Read(string.Concat(Enumerable.Repeat("/*", 60))).Matches(PageOf(string.Concat(Enumerable.Repeat("/a", 60)))));
        Assert.Null(PagePattern.Read(string.Concat(Enumerable.Repeat("/*", 61)), "", new FieldErrors()));
    }

    /// <summary>Patterns at which a matcher that tries again after each failure would take longer than the sun will shine.</summary>
    [Fact]
    public void NoPatternAndPageTakeLong()
    {
        var pattern = Read(string.Concat(Enumerable.Repeat("/**/a", 29)) + "/b");
        var page = PageOf(string.Concat(Enumerable.Repeat("/a", 1_000)));
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var i = 0; i < 200; i++)
        {
            Assert.False(pattern.Matches(page));
        }

        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 2);
    }

    private static PagePattern Read(string text)
    {
        var errors = new FieldErrors();
        var pattern = PagePattern.Read(text, "/pattern", errors);
        Assert.True(pattern is not null, string.Join(' ', errors.ToDictionary().SelectMany(error => error.Value)));
        return pattern;
    }

    private static Page PageOf(string path)
    {
        Assert.True(Page.TryParse($"https://shop.example{path}", out var page));
        return page;
    }
}
