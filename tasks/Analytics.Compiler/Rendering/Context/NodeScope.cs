using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>
/// The free names of a template: macros in dbt's order, then the context. Made for one rendering; a value is made when
/// its name is first asked for.
/// </summary>
internal sealed class NodeScope(RenderSession session) : IGlobalScope
{
    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);

    /// <summary>Names only this rendering knows, for example a test's arguments. They come before all others.</summary>
    public void Define(string name, object? value) => values[name] = value;

    public bool TryGet(string name, out object? value)
    {
        if (values.TryGetValue(name, out value))
        {
            return true;
        }

        value = session.Project.Macros.Resolve(session.Package, name);
        if (value is null && !ContextNames.TryMake(name, session, out value))
        {
            return false;
        }

        values[name] = value;
        return true;
    }
}
