using Analytics.Wasm2Il.Binary;

namespace Analytics.Wasm2Il.Translation;

/// <summary>What follows an opcode in the code.</summary>
internal static class Immediates
{
    /// <summary>The result of a block, from the block type that follows its opcode.</summary>
    public static WasmValueType? BlockResult(WasmCursor cursor)
    {
        var type = cursor.Byte();
        return type switch
        {
            0x40 => null,
            >= (byte)WasmValueType.F64 and <= (byte)WasmValueType.I32 => (WasmValueType)type,
            _ => throw new InvalidDataException("Blocks with parameters or several results are not supported."),
        };
    }

    /// <summary>Goes past what follows an opcode that is not a block's.</summary>
    public static void Skip(byte opcode, WasmCursor cursor)
    {
        switch (opcode)
        {
            case 0x0C or 0x0D or 0x10 or (>= 0x20 and <= 0x24):
                cursor.UnsignedBits();
                break;
            case 0x0E:
                for (var remaining = cursor.UnsignedInt(); remaining >= 0; remaining--)
                {
                    cursor.UnsignedBits();
                }

                break;
            case 0x11 or (>= MemoryInstructions.FirstLoad and <= MemoryInstructions.LastStore):
                cursor.UnsignedBits();
                cursor.UnsignedBits();
                break;
            case MemoryInstructions.Size or MemoryInstructions.Grow:
                cursor.Byte();
                break;
            case 0x41 or 0x42:
                cursor.Signed();
                break;
            case 0x43:
                cursor.Fixed32();
                break;
            case 0x44:
                cursor.Fixed64();
                break;
            case 0xFC:
                SkipPrefixed(cursor);
                break;
            default:
                break;
        }
    }

    private static void SkipPrefixed(WasmCursor cursor)
    {
        var opcode = cursor.UnsignedInt();
        var bytes = opcode switch
        {
            < 8 => 0,
            10 => 2,
            11 => 1,
            _ => throw new InvalidDataException($"Opcode 0xfc {opcode} is not supported."),
        };
        cursor.Position += bytes;
    }
}
