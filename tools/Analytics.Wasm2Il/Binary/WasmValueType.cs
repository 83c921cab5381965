namespace Analytics.Wasm2Il.Binary;

/// <summary>The number types of WebAssembly, by their code in the binary format.</summary>
internal enum WasmValueType : byte
{
    I32 = 0x7F,
    I64 = 0x7E,
    F32 = 0x7D,
    F64 = 0x7C,
}
