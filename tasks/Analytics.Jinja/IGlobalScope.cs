namespace Analytics.Jinja;

/// <summary>
/// The names that a host gives to templates. Asked each time a template or a macro reads a name that it does not define
/// itself; the engine's own globals (<c>range</c>, <c>dict</c>, <c>namespace</c>, …) come after it, so a host may
/// replace them.
/// </summary>
public interface IGlobalScope
{
    /// <summary>Finds a name.</summary>
    /// <param name="name">The name as written; names are case-sensitive.</param>
    /// <param name="value">Its value; null is Python's <c>None</c>.</param>
    /// <returns>False when the name is undefined.</returns>
    public bool TryGet(string name, out object? value);
}
