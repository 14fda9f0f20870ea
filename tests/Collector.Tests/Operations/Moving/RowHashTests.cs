using Collector.Operations.Moving;

namespace Collector.Tests.Operations.Moving;

public sealed class RowHashTests
{
    public static TheoryData<object?[], object?[]> Different => new()
    {
        { [null], [""] },
        { [null], [0L] },
        { ["1"], [1L] },
        { [1L], [1d] },
        { ["ab", "c"], ["a", "bc"] },
        { ["a\u0003b", "c"], ["a", "b\u0003c"] }, // 3 is what a text begins with.
        { ["a", null], [null, "a"] },
        { [0.1 + 0.2], [0.3] },
        { ["\uFFFD"], ["?"] },
    };

    [Theory]
    [MemberData(nameof(Different))]
    public void RowsThatDifferHashDifferently(object?[] one, object?[] other) => Assert.NotEqual(Digest(one), Digest(other));

    [Fact]
    public void TheOrderOfRowsCounts() => Assert.NotEqual(Digest(["a"], ["b"]), Digest(["b"], ["a"]));

    [Fact]
    public void RowsThatAreTheSameHashTheSame() => Assert.Equal(Digest(["a", 1L, 0.5, null], ["b", 2L, 0d, null]), Digest(["a", 1L, 0.5, null], ["b", 2L, -0d, null]));

    private static RowDigest Digest(params object?[][] rows)
    {
        using var hash = new RowHash();
        foreach (var row in rows)
        {
            hash.Add(row);
        }

        return hash.End();
    }
}
