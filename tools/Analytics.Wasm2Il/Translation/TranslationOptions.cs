namespace Analytics.Wasm2Il.Translation;

/// <summary>How a module is translated.</summary>
/// <param name="Namespace">The namespace of the output's types and the name of its assembly.</param>
/// <param name="StackPointerGlobal">Index of the global variable that C code uses as its stack pointer.</param>
/// <param name="BoundsChecks">Whether each access to the memory is checked against its size.</param>
internal sealed record TranslationOptions(string Namespace, int StackPointerGlobal, bool BoundsChecks);
