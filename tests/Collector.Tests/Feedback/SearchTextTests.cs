using Collector.Feedback;

namespace Collector.Tests.Feedback;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Could not FIND it.", " could not find it ")]
    [InlineData("Café-crème, s'il vous plaît", " cafe creme s il vous plait ")]
    [InlineData("", " ")]
    [InlineData("100% _sure_ \\", " 100 sure ")]
    [InlineData("价格太高", " 价 格 太 高 ")]
    [InlineData("👍", " ")]
    [InlineData("ﬁne", " fine ")]
    [InlineData("no\uFFFEthing \uFFFF", " no thing ")]
    public void WordsStandBetweenSpacesInSmallLettersWithoutAccents(string text, string words) => Assert.Equal(words, SearchText.Of(text));

    [Theory]
    [InlineData("price", "The prices, again", "The [price]s, again")]
    [InlineData("PRIJS", "Mijn prijsopgave; prijs!", "Mijn [prijs]opgave; [prijs]!")]
    [InlineData("rice", "The prices", "The prices")]
    [InlineData("\"the price\"", "The price and the prices", "[The price] and the prices")]
    [InlineData("cafe", "Un CAFÉ, deux cafe\u0301s", "Un [CAFÉ], deux [cafe\u0301]s")]
    [InlineData("格太", "价格太高", "价[格太]高")]
    [InlineData("<b>", "<b>bold</b>", "<[b]>[b]old</[b]>")]
    public void WhatWasLookedForIsMarkedInTheTextAsItWasWritten(string typed, string text, string marked)
    {
        Assert.True(SearchQuery.TryParse(typed, out var query));

        Assert.Equal(marked, string.Concat(query.Mark(text).Select(piece => piece.IsFound ? $"[{piece.Text}]" : piece.Text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("?!")]
    [InlineData("\"\"")]
    [InlineData("a b c d e f g h i j k")]
    public void WhatHoldsNoWordOrTooManyIsNothingToLookFor(string typed) => Assert.False(SearchQuery.TryParse(typed, out _));

    [Fact]
    public void NoTermMeansAnythingToTheDatabase()
    {
        Assert.True(SearchQuery.TryParse("50% _x_ 'y' \"a%b\"", out var query));

        Assert.Equal([" 50", " x", " y", " a b "], query.Terms);
    }
}
