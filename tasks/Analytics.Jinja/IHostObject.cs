namespace Analytics.Jinja;

/// <summary>An object of the host that templates may read. Equality and hash are those of <see cref="object.Equals(object)"/>.</summary>
public interface IHostObject
{
    /// <summary>Python's name of the type, as error messages and the <c>'x object' has no attribute</c> text show it.</summary>
    public string TypeName => "object";

    /// <summary>What <c>if</c> sees.</summary>
    public bool IsTrue => true;

    /// <summary>What <c>is mapping</c> says: whether it is one of Python's mappings.</summary>
    public bool IsMapping => false;

    /// <summary>Finds <c>object.name</c>. When it returns false the engine tries <see cref="TryGetItem"/> with the name.</summary>
    public bool TryGetAttribute(string name, out object? value);

    /// <summary>Finds <c>object[key]</c>. When it returns false for a text the engine tries the attribute of that name.</summary>
    public bool TryGetItem(object? key, out object? value);

    /// <summary>What printing gives; Python's <c>str()</c>.</summary>
    public string AsText();

    /// <summary>What printing a list that holds the object gives; Python's <c>repr()</c>.</summary>
    public string AsRepr() => AsText();
}
