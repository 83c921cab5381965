using System.Diagnostics.CodeAnalysis;

namespace Analytics.Jinja.Values;

/// <summary>A value of the engine beyond numbers, texts and containers: it says itself how Python would treat it.</summary>
internal interface IPyObject
{
    /// <summary>Python's name of the type.</summary>
    public string TypeName { get; }

    /// <summary>What <c>if</c> sees.</summary>
    public bool IsTrue => true;

    /// <summary>Python's <c>repr()</c>.</summary>
    public string Repr();

    /// <summary>Python's <c>str()</c>.</summary>
    public string Str() => Repr();

    /// <summary>Finds an attribute; the value may be null.</summary>
    public bool TryGetAttribute(string name, [MaybeNull] out object? value);
}
