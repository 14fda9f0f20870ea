using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Collector.Tests.Architecture;

/// <summary>What the instructions of a method refer to.</summary>
internal static class Instructions
{
    private const byte TwoBytes = 0xFE;

    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    public static IReadOnlyList<EntityHandle> Tokens(ReadOnlySpan<byte> code)
    {
        var tokens = new List<EntityHandle>();
        while (!code.IsEmpty)
        {
            var isLong = code[0] == TwoBytes;
            var operand = Operands[isLong ? BinaryPrimitives.ReadInt16BigEndian(code) : code[0]];
            code = code[(isLong ? 2 : 1)..];
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineSig or OperandType.InlineTok or OperandType.InlineType)
            {
                tokens.Add(MetadataTokens.EntityHandle(BinaryPrimitives.ReadInt32LittleEndian(code)));
            }

            code = code[Size(operand, code)..];
        }

        return tokens;
    }

    private static int Size(OperandType operand, ReadOnlySpan<byte> code) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code)),
        _ => 4,
    };
}
