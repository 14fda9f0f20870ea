using Collector.Feedback;

namespace Collector.Tests.Feedback;

public sealed class TouchpointGroupTests
{
    [Theory]
    [InlineData("/orders/*", "shop.example/orders/{id}", true)]
    [InlineData("/orders/*", "shop.example/orders/2026/{id}", false)]
    [InlineData("/orders/**", "shop.example/orders/2026/{id}", true)]
    [InlineData("/products/*", "shop.example/products/*", true)]
    [InlineData("/products/*", "shop.example/products/**", false)]
    [InlineData("/products/**", "shop.example/products/**", true)]
    [InlineData("/**", "shop.example/**/review", true)]
    [InlineData("/**/review", "shop.example/**/review", true)]
    [InlineData("/products/shoes", "shop.example/products/*", false)]
    [InlineData("/*/review", "shop.example/**/review", false)]
    [InlineData("/search", "shop.example/search?q=shoes", true)]
    [InlineData("/search", "shop.example/search?q=/search", true)]
    [InlineData("/", "shop.example/", true)]
    [InlineData("shop.example/**", "shop.example/a", true)]
    [InlineData("shop.example:8080/**", "shop.example/a", false)]
    [InlineData("/**", "{other}", false)]
    public void ATouchpointBelongsWhereAllItsPagesDo(string pattern, string touchpoint, bool belongs)
    {
        Assert.True(Touchpoint.TryParse(touchpoint, out var named));
        var group = TouchpointGroup.Check("a", "A", ["/nowhere", pattern], journey: null, stage: null, new FieldErrors());
        Assert.Equal(belongs, group!.Holds(named));
    }

    [Fact]
    public void StagesOfBothJourneysHaveNamesOfTheirOwn()
    {
        Assert.Equal((8, 4), (Stages.OfBuyer.Count, Stages.OfService.Count));
        Assert.Equal(12, Stages.OfBuyer.Concat(Stages.OfService).Distinct().Count());
        Assert.True(Stages.PositionOf("advocacy") < Stages.PositionOf("discovery") && Stages.PositionOf("follow-up") < Stages.PositionOf("their-own"));
    }
}
