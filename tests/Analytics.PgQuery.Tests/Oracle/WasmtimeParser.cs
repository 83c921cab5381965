using System.Text;
using Wasmtime;

namespace Analytics.PgQuery.Tests.Oracle;

/// <summary>
/// The module that the parser was translated from, run by Wasmtime, with the host's functions that Emscripten's
/// JavaScript supplies. Names are the module's short ones; the hash that the build checks pins them.
/// </summary>
public sealed class WasmtimeParser : IDisposable
{
    private const string CallsOfTable = "gbadklefhjiyn";
    private const string ThrowLongJump = "p";
    private const int BadFileNumber = 8;
    private const int PageSize = 64 * 1024;

    private readonly Engine engine;
    private readonly Module module;
    private readonly Store store;
    private readonly Instance instance;
    private readonly Memory memory;
    private readonly Table table;

    public WasmtimeParser(string modulePath)
    {
        engine = new Engine(Configuration());
        module = Module.FromFile(engine, modulePath);
        store = new Store(engine);
        using var linker = new Linker(engine);
        foreach (var import in module.Imports.Cast<FunctionImport>())
        {
            var function = Function.FromCallback(
                store,
                (Caller _, ReadOnlySpan<ValueBox> arguments, Span<ValueBox> results) =>
                    CallHost(import.Name, arguments, results),
                import.Parameters,
                import.Results
            );
            linker.Define(import.ModuleName, import.Name, function);
        }

        instance = linker.Instantiate(store, module);
        memory = instance.GetMemory("z")!;
        table = instance.GetTable("D")!;
        instance.GetAction("A")!();
    }

    /// <summary>
    /// Traps by explicit checks. Wasmtime's usual way is to catch the processor's signals, which .NET catches for its own
    /// exceptions: a division that overflows in .NET would then be raised again and again.
    /// </summary>
    public static Config Configuration() => new Config().WithSignalsBasedTraps(false);

    public string Parse(byte[] sql)
    {
        var input = Allocate(sql);
        var result = instance.GetFunction<int, int>("F")!(input);
        var error = memory.ReadInt32(result + 8);
        var outcome =
            error == 0
                ? ReadText(memory.ReadInt32(result))
                : $"{ReadText(memory.ReadInt32(error))} at {memory.ReadInt32(error + 16)}";
        instance.GetAction<int>("G")!(result);
        instance.GetAction<int>("E")!(input);
        return outcome;
    }

    public string Scan(byte[] sql) => CallForText("M", sql);

    public string Fingerprint(byte[] sql) => CallForText("I", sql);

    public string Normalize(byte[] sql) => CallForText("J", sql);

    public void Dispose()
    {
        store.Dispose();
        module.Dispose();
        engine.Dispose();
    }

    private string CallForText(string export, byte[] sql)
    {
        var input = Allocate(sql);
        var output = instance.GetFunction<int, int>(export)!(input);
        var text = ReadText(output);
        instance.GetAction<int>("N")!(output);
        instance.GetAction<int>("E")!(input);
        return text;
    }

    private int Allocate(byte[] sql)
    {
        var address = instance.GetFunction<int, int>("C")!(sql.Length + 1);
        sql.CopyTo(memory.GetSpan(address, sql.Length));
        memory.WriteByte(address + sql.Length, 0);
        return address;
    }

    private string ReadText(int address)
    {
        var rest = memory.GetSpan(address, checked((int)(memory.GetLength() - address)));
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private void CallHost(string name, ReadOnlySpan<ValueBox> arguments, Span<ValueBox> results)
    {
        if (CallsOfTable.Contains(name, StringComparison.Ordinal))
        {
            CallTable(arguments, results);
            return;
        }

        switch (name)
        {
            case ThrowLongJump:
                throw new LongJumpException();
            case "q":
                results[0] = Grow(arguments[0].AsInt32());
                break;
            case "u" or "r" or "s" or "t":
                results[0] = BadFileNumber;
                break;
            case "o":
                results[0] = 0;
                break;
            case "w":
                break;
            default:
                throw new InvalidOperationException($"The module called {name}.");
        }
    }

    private void CallTable(ReadOnlySpan<ValueBox> arguments, Span<ValueBox> results)
    {
        var stack = instance.GetFunction<int>("R")!();
        var function = (Function)table.GetElement((uint)arguments[0].AsInt32())!;
        try
        {
            var result = function.Invoke(arguments[1..]);
            if (results.Length > 0)
            {
                results[0] = result is long wide ? wide : (int)result!;
            }
        }
        catch (Exception exception)
            when (exception is LongJumpException || exception.InnerException is LongJumpException)
        {
            instance.GetAction<int>("Q")!(stack);
            instance.GetAction<int, int>("P")!(1, 0);
        }
    }

    private int Grow(int bytes)
    {
        var missing = (uint)bytes - memory.GetLength();
        return missing <= 0 || memory.Grow((missing + PageSize - 1) / PageSize) >= 0 ? 1 : 0;
    }

    private sealed class LongJumpException : Exception;
}
