using System.Collections.Immutable;

namespace Analytics.Wasm2Il.Binary;

/// <summary>
/// Reads a module of the binary format, version 1 (https://webassembly.github.io/spec/core/binary/modules.html). What
/// does not occur in a module for one host, one memory and one table is refused rather than half understood.
/// </summary>
internal sealed class WasmModuleReader(byte[] bytes)
{
    private readonly WasmCursor cursor = new(bytes);
    private ImmutableArray<WasmFunctionType> types = [];
    private ImmutableArray<WasmImport> imports = [];
    private ImmutableArray<int> functionTypes = [];
    private ImmutableArray<WasmFunction> functions = [];
    private ImmutableArray<WasmGlobal> globals = [];
    private ImmutableArray<WasmExport> exports = [];
    private ImmutableArray<WasmDataSegment> data = [];
    private int[] table = [];
    private uint initialPages;
    private uint maximumPages;

    public WasmModule Read()
    {
        if (cursor.Fixed32() != 0x6D736100 || cursor.Fixed32() != 1)
        {
            throw new InvalidDataException("This is not a WebAssembly module of version 1.");
        }

        while (cursor.Position < bytes.Length)
        {
            var section = cursor.Byte();
            var length = cursor.UnsignedInt();
            var end = cursor.Position + length;
            ReadSection(section);
            cursor.Position = end;
        }

        return new WasmModule(
            types,
            imports,
            functions,
            globals,
            exports,
            [.. table],
            data,
            initialPages,
            maximumPages
        );
    }

    private void ReadSection(byte section)
    {
        switch (section)
        {
            case 0: // custom: names and producers
            case 12: // data count: serves streaming validation only
                break;
            case 1:
                types = Vector(ReadType);
                break;
            case 2:
                imports = Vector(ReadImport);
                break;
            case 3:
                functionTypes = Vector(cursor.UnsignedInt);
                break;
            case 4:
                ReadTable();
                break;
            case 5:
                ReadMemory();
                break;
            case 6:
                globals = Vector(ReadGlobal);
                break;
            case 7:
                exports = Vector(() => new WasmExport(cursor.Name(), cursor.Byte(), cursor.UnsignedInt()));
                break;
            case 9:
                Vector(ReadElements);
                break;
            case 10:
                ReadCode();
                break;
            case 11:
                data = Vector(ReadData);
                break;
            default:
                throw new InvalidDataException($"Section {section} is not supported.");
        }
    }

    private WasmFunctionType ReadType()
    {
        if (cursor.Byte() != 0x60)
        {
            throw new InvalidDataException("A type is not a function type.");
        }

        var parameters = Vector(cursor.ValueType);
        var results = Vector(cursor.ValueType);
        return results.Length > 1
            ? throw new InvalidDataException("Functions of several results are not supported.")
            : new WasmFunctionType(parameters, results.Length == 0 ? null : results[0]);
    }

    private WasmImport ReadImport()
    {
        var module = cursor.Name();
        var name = cursor.Name();
        return cursor.Byte() == 0
            ? new WasmImport(module, name, types[cursor.UnsignedInt()])
            : throw new InvalidDataException($"The import {module}.{name} is not a function.");
    }

    private void ReadTable()
    {
        if (cursor.UnsignedInt() != 1 || cursor.Byte() != 0x70)
        {
            throw new InvalidDataException("Exactly one table of functions is supported.");
        }

        var hasMaximum = cursor.Byte() != 0;
        table = new int[cursor.UnsignedInt()];
        Array.Fill(table, -1);
        if (hasMaximum)
        {
            cursor.UnsignedInt();
        }
    }

    private void ReadMemory()
    {
        if (cursor.UnsignedInt() != 1)
        {
            throw new InvalidDataException("Exactly one memory is supported.");
        }

        var hasMaximum = cursor.Byte() != 0;
        initialPages = cursor.UnsignedBits();
        maximumPages = hasMaximum ? cursor.UnsignedBits() : 65536;
    }

    private WasmGlobal ReadGlobal()
    {
        var type = cursor.ValueType();
        cursor.Byte();
        return new WasmGlobal(type, ReadConstant());
    }

    private int ReadElements()
    {
        if (cursor.UnsignedInt() != 0)
        {
            throw new InvalidDataException("Only active element segments of function indices are supported.");
        }

        var offset = checked((int)ReadConstant());
        foreach (var function in Vector(cursor.UnsignedInt))
        {
            table[offset++] = function;
        }

        return offset;
    }

    private void ReadCode()
    {
        var index = 0;
        functions = Vector(() =>
        {
            var length = cursor.UnsignedInt();
            var end = cursor.Position + length;
            var groups = Vector(() => (Count: cursor.UnsignedInt(), Type: cursor.ValueType()));
            var locals = groups.SelectMany(group => Enumerable.Repeat(group.Type, group.Count)).ToImmutableArray();
            var function = new WasmFunction(types[functionTypes[index++]], locals, cursor.Position, end);
            cursor.Position = end;
            return function;
        });
    }

    private WasmDataSegment ReadData()
    {
        if (cursor.UnsignedInt() != 0)
        {
            throw new InvalidDataException("Only active data segments of memory 0 are supported.");
        }

        var address = checked((int)ReadConstant());
        var length = cursor.UnsignedInt();
        var segment = new WasmDataSegment(address, cursor.Position, length);
        cursor.Position += length;
        return segment;
    }

    private long ReadConstant()
    {
        var opcode = cursor.Byte();
        var value = opcode switch
        {
            0x41 or 0x42 => cursor.Signed(),
            0x43 => cursor.Fixed32(),
            0x44 => (long)cursor.Fixed64(),
            _ => throw new InvalidDataException($"Opcode 0x{opcode:x2} in a constant is not supported."),
        };
        return cursor.Byte() == 0x0B ? value : throw new InvalidDataException("A constant has more than one step.");
    }

    private ImmutableArray<T> Vector<T>(Func<T> readItem)
    {
        var count = cursor.UnsignedInt();
        var items = ImmutableArray.CreateBuilder<T>(count);
        for (var i = 0; i < count; i++)
        {
            items.Add(readItem());
        }

        return items.MoveToImmutable();
    }
}
