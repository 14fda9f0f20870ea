using Collector.Feedback;

namespace Collector.Tests.Feedback;

public sealed class TouchpointTests
{
    [Theory]
    [InlineData("/orders/12345", "/orders/{id}")]
    [InlineData("/orders/12345/lines/7", "/orders/{id}/lines/{id}")]
    [InlineData("/orders/0199f1c2-7b3a-7c3e-9d55-0123456789AB", "/orders/{id}")]
    [InlineData("/orders/01ARZ3NDEKTSV4RRFFQ69G5FAV/", "/orders/{id}")]
    [InlineData("/orders/01arz3ndektsv4rrffq69g5fav", "/orders/{id}")]
    [InlineData("/files/0123456789abcdef", "/files/{id}")]
    [InlineData("/files/d41d8cd98f00b204e9800998ecf8427e", "/files/{id}")]
    [InlineData("/news/2026-11-22/title", "/news/{date}/title")]
    [InlineData("/news/2028-02-29", "/news/{date}")]
    [InlineData("/news/20261122", "/news/{id}")]
    [InlineData("/%31%32", "/{id}")]
    public void IdentifierBecomesAPlaceholder(string path, string expected) => Assert.Equal("shop.example" + expected, Of(path).Name);

    [Theory]
    [InlineData("/")]
    [InlineData("/orders/12345a")]
    [InlineData("/orders/order-12345")]
    [InlineData("/files/0123456789abcde")]
    [InlineData("/files/0123456789abcdeg")]
    [InlineData("/files/{0199f1c2-7b3a-7c3e-9d55-0123456789ab}")]
    [InlineData("/files/0199f1c2-7b3a-7c3e-9d55-0123456789ag")]
    [InlineData("/files/81ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("/files/01ARZ3NDEKTSV4RRFFQ69G5FAU")]
    [InlineData("/news/2026-02-29")]
    [InlineData("/news/2026-1-2")]
    [InlineData("/news/22-11-2026")]
    [InlineData("/id//x")]
    public void OtherSegmentsStay(string path) => Assert.Equal(PageOf(path).ToString(), Of(path).Name);

    [Fact]
    public void IdentifiersStayWhereTheSiteSaysSo() =>
        Assert.Equal("shop.example/orders/12345", Touchpoint.Of(PageOf("/orders/12345"), collapseIdentifiers: false).Name);

    [Fact]
    public void HostIsNoIdentifier()
    {
        Assert.True(Page.TryParse("http://127.0.0.1:8080/1", out var page));
        Assert.Equal("127.0.0.1:8080/{id}", Touchpoint.Of(page, collapseIdentifiers: true).Name);
    }

    [Fact]
    public void PageWithBracesIsNoTemplate() => Assert.Equal("shop.example/orders/%7Bid%7D", Of("/orders/{id}").Name);

    [Fact]
    public void TemplateThatWouldBeTooLongLeavesThePageAsItIs()
    {
        var path = string.Concat(Enumerable.Repeat("/1", 600));
        Assert.Equal("shop.example" + path, Of(path).Name);
    }

    [Fact]
    public void OtherIsNoPage() => Assert.Equal("{other}", Touchpoint.Other.Name);

    [Theory]
    [InlineData("shop.example/contact", true)]
    [InlineData("shop.example/orders/{id}", true)]
    [InlineData("{other}", true)]
    [InlineData("Balie Utrecht", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a\0b", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\u0085b", false)]
    public void NameIsChecked(string? name, bool isTouchpoint)
    {
        Assert.Equal(isTouchpoint, Touchpoint.TryParse(name, out var touchpoint));
        Assert.Equal(isTouchpoint ? name : null, touchpoint?.Name);
    }

    [Fact]
    public void NameHasALimit()
    {
        Assert.True(Touchpoint.TryParse(new string('a', Touchpoint.MaximumLength), out _));
        Assert.False(Touchpoint.TryParse(new string('a', Touchpoint.MaximumLength + 1), out _));
    }

    [Fact]
    public void EqualNamesAreOneTouchpoint() => Assert.Equal(Of("/orders/1/"), Of("/orders/2"));

    private static Touchpoint Of(string path) => Touchpoint.Of(PageOf(path), collapseIdentifiers: true);

    private static Page PageOf(string path)
    {
        Assert.True(Page.TryParse("https://shop.example" + path, out var page));
        return page;
    }
}
