using System.Reflection.Metadata.Ecma335;

namespace Collector.Tests.Architecture;

public sealed class InstructionsTests
{
    // In each case the operand that must be stepped over looks like a call (0x28) of something else.
    [Theory]
    [InlineData("2A")] // ret
    [InlineData("1F28")] // ldc.i4.s
    [InlineData("2028000000")] // ldc.i4
    [InlineData("212800000000000028")] // ldc.i8
    [InlineData("232800000000000028")] // ldc.r8
    [InlineData("2228000000")] // ldc.r4
    [InlineData("7228000070")] // ldstr
    [InlineData("2B28")] // br.s
    [InlineData("3828000000")] // br
    [InlineData("4500000000")] // switch without targets
    [InlineData("45020000002800000028000000")] // switch with two
    [InlineData("1128")] // ldloc.s
    [InlineData("FE0C2800")] // ldloc
    [InlineData("FE01")] // ceq
    [InlineData("FE1228")] // unaligned.
    public void CallBehindAnotherInstructionIsFound(string before) =>
        Assert.Equal(0x0A000007, MetadataTokens.GetToken(Assert.Single(Instructions.Tokens(Convert.FromHexString(before + "280700000A")))));

    [Theory]
    [InlineData("7B07000004", 0x04000007)] // ldfld
    [InlineData("8D07000002", 0x02000007)] // newarr
    [InlineData("D00700001B", 0x1B000007)] // ldtoken
    [InlineData("2907000011", 0x11000007)] // calli
    [InlineData("FE060700002B", 0x2B000007)] // ldftn
    [InlineData("FE1607000001", 0x01000007)] // constrained.
    public void EveryKindOfTokenIsFound(string code, int token) =>
        Assert.Equal(token, MetadataTokens.GetToken(Assert.Single(Instructions.Tokens(Convert.FromHexString(code)))));
}
