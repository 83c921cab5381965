using System.Globalization;

namespace Analytics.PgQuery.Tests.Translation;

/// <summary>An instruction that takes numbers of one type and gives one number.</summary>
internal sealed record NumericInstruction(int Opcode, byte Operand, int Operands, byte Result)
{
    public string Name => "op_" + Opcode.ToString("x2", CultureInfo.InvariantCulture);
}
