using Collector.Feedback;

namespace Collector.Tests.Feedback;

public sealed class PaletteTests
{
    // As browsers' developer tools and the WCAG's own examples give them.
    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#ffffff", "#ffffff", 1)]
    [InlineData("#767676", "#ffffff", 4.54)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#ff0000", "#ffffff", 4.00)]
    [InlineData("#0000ff", "#ffff00", 8.00)]
    public void ContrastIsThatOfTheGuidelines(string color, string other, double contrast)
    {
        Assert.Equal(contrast, Palette.Contrast(color, other), 0.005);
        Assert.Equal(Palette.Contrast(color, other), Palette.Contrast(other, color));
    }
}
