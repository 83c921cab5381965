using System.Runtime.InteropServices;
using System.Text;
using Analytics.PgQuery.Wasm;

namespace Analytics.PgQuery.Hosting;

/// <summary>
/// One running copy of the parser: its memory, its variables and what it asks of its host. For one thread at a time.
/// </summary>
internal sealed unsafe partial class ParserInstance : WasmInstance, IDisposable
{
    private const int PageSize = 64 * 1024;
    private const int BadFileNumber = 8;

    // Below the C stack lies the program's data; a frame may be larger than the step in which the pointer is checked.
    private const int ShadowStackReserve = 16 * 1024;

    /// <summary>Takes memory and puts the program's data into it.</summary>
    /// <param name="pages">
    /// Size of the memory, fixed for life: it must not move while code holds its address. The system gives it page by
    /// page as it is touched.
    /// </param>
    public ParserInstance(int pages)
    {
        Memory = (byte*)NativeMemory.AllocZeroed((nuint)pages * PageSize);
        Pages = pages;
        ShadowStackLimit = DataEnd + ShadowStackReserve;
        Reset();

        // __wasm_call_ctors: the start-up code of the C library.
        A();
    }

    /// <summary>Copies a text with a zero after it into the memory; give it back with <c>free</c>.</summary>
    public int AllocateText(ReadOnlySpan<byte> text)
    {
        var address = malloc(text.Length + 1);
        if (address == 0)
        {
            throw new ParserFailure(ParserFailureReason.Memory);
        }

        var target = new Span<byte>(Memory + (uint)address, text.Length + 1);
        text.CopyTo(target);
        target[^1] = 0;
        return address;
    }

    public int ReadInt(int address) => *(int*)(Memory + (uint)address);

    /// <summary>The bytes from an address to the next zero; gone once the parser runs on.</summary>
    public ReadOnlySpan<byte> ReadBytes(int address) =>
        MemoryMarshal.CreateReadOnlySpanFromNullTerminated(Memory + (uint)address);

    public string ReadText(int address) => Encoding.UTF8.GetString(ReadBytes(address));

    public void Dispose()
    {
        NativeMemory.Free(Memory);
        Memory = null;
    }

    public override int GrowMemory(int pages) => throw new ParserFailure(ParserFailureReason.Memory);

    public override int emscripten_resize_heap(int bytes) => throw new ParserFailure(ParserFailureReason.Memory);

    public override void StackExhausted() => throw new ParserFailure(ParserFailureReason.Stack);

    public override void OutOfBounds() => throw new ParserFailure(ParserFailureReason.Stopped);

    public override void Trap() => throw new ParserFailure(ParserFailureReason.Stopped);

    public override void assert_fail(int condition, int file, int line, int function) =>
        throw new ParserFailure(ParserFailureReason.Stopped);

    public override void abort_js() => throw new ParserFailure(ParserFailureReason.Stopped);

    public override void exit(int code) => throw new ParserFailure(ParserFailureReason.Stopped);

    public override void proc_exit(int code) => throw new ParserFailure(ParserFailureReason.Stopped);

    public override void emscripten_throw_longjmp() => throw new LongJump();

    public override void emscripten_runtime_keepalive_clear() { }

    public override int setitimer_js(int which, double timeout) => 0;

    public override int fd_close(int file) => BadFileNumber;

    public override int fd_read(int file, int vectors, int count, int read) => BadFileNumber;

    public override int fd_seek(int file, long offset, int origin, int position) => BadFileNumber;

    /// <summary>Swallows what the C library writes to its streams: the error comes back as a value as well.</summary>
    public override int fd_write(int file, int vectors, int count, int written)
    {
        const int vectorSize = 8;
        const int lengthOffset = 4;
        var total = 0;
        for (var i = 0; i < count; i++)
        {
            total += ReadInt(vectors + (i * vectorSize) + lengthOffset);
        }

        *(int*)(Memory + (uint)written) = total;
        return 0;
    }
}
