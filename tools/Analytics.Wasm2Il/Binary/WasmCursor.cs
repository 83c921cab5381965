using System.Buffers.Binary;
using System.Text;

namespace Analytics.Wasm2Il.Binary;

/// <summary>Reads the binary format from an offset on.</summary>
internal sealed class WasmCursor(byte[] bytes, int position = 0)
{
    public int Position { get; set; } = position;

    public byte Byte() => bytes[Position++];

    public int UnsignedInt() => checked((int)Unsigned());

    public uint UnsignedBits() => checked((uint)Unsigned());

    /// <summary>A signed LEB128 number of at most 64 bits.</summary>
    public long Signed()
    {
        long value = 0;
        var shift = 0;
        byte part;
        do
        {
            part = Byte();
            value |= (long)(part & 0x7F) << shift;
            shift += 7;
        } while ((part & 0x80) != 0);
        return shift < 64 && (part & 0x40) != 0 ? value | (-1L << shift) : value;
    }

    public uint Fixed32()
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(Position));
        Position += sizeof(uint);
        return value;
    }

    public ulong Fixed64()
    {
        var value = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(Position));
        Position += sizeof(ulong);
        return value;
    }

    public string Name()
    {
        var length = UnsignedInt();
        var name = Encoding.UTF8.GetString(bytes, Position, length);
        Position += length;
        return name;
    }

    public WasmValueType ValueType()
    {
        var code = Byte();
        return code is >= (byte)WasmValueType.F64 and <= (byte)WasmValueType.I32
            ? (WasmValueType)code
            : throw new InvalidDataException($"Value type 0x{code:x2} is not supported.");
    }

    private ulong Unsigned()
    {
        ulong value = 0;
        var shift = 0;
        byte part;
        do
        {
            part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            shift += 7;
        } while ((part & 0x80) != 0);
        return value;
    }
}
