using Collector.Feedback;

namespace Collector.Tests.Feedback;

public sealed class PlacementTests
{
    [Fact]
    public void ARulesPagesAreOneTouchpointOnEachHost()
    {
        TouchpointRule[] rules = [Rule("/products/*")];

        Assert.Equal(("shop.example/products/42", "shop.example/products/*"), Place("https://shop.example/products/42?colour=red", rules));
        Assert.Equal("shop.example:8080/products/*", Place("http://shop.example:8080/products/red", rules).Touchpoint);
        Assert.Equal("shop.example/orders/{id}", Place("https://shop.example/orders/42", rules).Touchpoint);
        Assert.Equal("shop.example/products/*", Place("https://shop.example/products/42", [Rule("shop.example/products/*")]).Touchpoint);
    }

    [Fact]
    public void ARuleWithParametersKeepsThemInAlphabeticalOrder()
    {
        TouchpointRule[] rules = [Rule("/search/*", "tab", "q")];

        Assert.Equal(
            ("shop.example/search/7?q=shoes&tab=1", "shop.example/search/{id}?q=shoes&tab=1"),
            Place("https://shop.example/search/7?utm=x&tab=1&q=shoes#top", rules));
        Assert.Equal(("shop.example/search/7", "shop.example/search/{id}"), Place("https://shop.example/search/7?utm=x", rules));
        Assert.Equal("shop.example/search/7?q=42", Place("https://shop.example/search/7?q=42", rules, collapse: false).Touchpoint);
    }

    [Fact]
    public void TheFirstRuleThatFitsHolds()
    {
        var (all, review) = (Rule("/**"), Rule("/**/review"));

        Assert.Equal("shop.example/**", Place("https://shop.example/a/review", [all, review]).Touchpoint);
        Assert.Equal("shop.example/**/review", Place("https://shop.example/a/review", [review, all]).Touchpoint);
    }

    [Theory]
    [InlineData("q=a", "q=a")]
    [InlineData("q", "q=")]
    [InlineData("q=", "q=")]
    [InlineData("q=a=b", "q=a%3Db")]
    [InlineData("q=b&q=a", "q=b&q=a")]
    [InlineData("q=%61%2d%7E", "q=a-~")]
    [InlineData("%71=a", "q=a")]
    [InlineData("q=a+b%20c", "q=a%20b%20c")]
    [InlineData("q=a%2bb", "q=a%2Bb")]
    [InlineData("q=é", "q=%C3%A9")]
    [InlineData("q=%c3%a9", "q=%C3%A9")]
    [InlineData("q=100%", "q=100%25")]
    [InlineData("q={a}", "q=%7Ba%7D")]
    [InlineData("q=%00", "q=%00")]
    [InlineData("q=a?b/c", "q=a%3Fb%2Fc")]
    [InlineData("&&q=a&", "q=a")]
    [InlineData("Q=a", "")]
    [InlineData("tags%5B%5D=1&tags[]=2", "tags%5B%5D=1&tags%5B%5D=2")]
    [InlineData("q=a\t\nb", "q=ab")]
    [InlineData("q=a#?q=b", "q=a")]
    [InlineData("q=a  ", "q=a")]
    public void ParametersHaveOneForm(string query, string kept)
    {
        var page = Place($"https://shop.example/search?{query}", [Rule("/search", "q", "tags[]")]).Page;

        Assert.Equal(kept.Length == 0 ? "shop.example/search" : $"shop.example/search?{kept}", page);
    }

    [Fact]
    public void ParametersThatMakeThePageTooLongAreDropped()
    {
        TouchpointRule[] rules = [Rule("/search", "a", "b", "c")];

        Assert.Equal("shop.example/search?a=1", Place($"https://shop.example/search?c=1&a=1&b={new string('é', 1_000)}", rules).Page);
    }

    [Theory]
    [InlineData("https://shop.example/products/42?q=a+b&x=1")]
    [InlineData("http://shop.example:443/search/7?tab=%zz&q=é")]
    [InlineData("https://[::1]:8080/?q=1")]
    public void AStoredPageComesToTheSamePlace(string url)
    {
        TouchpointRule[] rules = [Rule("/products/*"), Rule("/search/*", "q", "tab"), Rule("/", "q")];
        var placed = Place(url, rules);

        var stored = Page.FromStored(placed.Page);
        var again = Placement.Of(stored, stored.Query, rules, collapseIdentifiers: true);

        Assert.Equal(placed, (again.Page.ToString(), again.Touchpoint.Name));
    }

    [Fact]
    public void AStoredPageLosesTheParametersThatNoRuleKeeps()
    {
        var stored = Page.FromStored("shop.example/search?q=a&tab=1");

        Assert.Equal("shop.example/search?tab=1", Placement.Of(stored, stored.Query, [Rule("/search", "tab")], collapseIdentifiers: true).Page.ToString());
        Assert.Equal("shop.example/search", Placement.Of(stored, stored.Query, [], collapseIdentifiers: true).Page.ToString());
        Assert.Equal(("shop.example", "/search", "q=a&tab=1"), (stored.Host, stored.Path, stored.Query));
    }

    [Fact]
    public void EachWrongParameterIsNamed()
    {
        var errors = new FieldErrors();
        Assert.Null(TouchpointRule.Check("/search", ["q", null, "", "a\nb", "q", .. Enumerable.Range(0, 6).Select(i => $"p{i}")], errors));
        Assert.Equal(["/keepParameters", "/keepParameters/1", "/keepParameters/2", "/keepParameters/3"], errors.ToDictionary().Keys.Order(StringComparer.Ordinal));
    }

    private static TouchpointRule Rule(string pattern, params string[] keepParameters) => TouchpointRule.Check(pattern, keepParameters, new FieldErrors())!;

    private static (string Page, string Touchpoint) Place(string url, TouchpointRule[] rules, bool collapse = true)
    {
        Assert.True(Page.TryParse(url, out var page));
        var placement = Placement.Of(page, Page.QueryOf(url), rules, collapse);
        return (placement.Page.ToString(), placement.Touchpoint.Name);
    }
}
