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
        if (value is null && !TryMake(name, out value))
        {
            return false;
        }

        values[name] = value;
        return true;
    }

    private bool TryMake(string name, out object? value)
    {
        switch (name)
        {
            case "context":
                value = new NameMapping(
                    name,
                    this,
                    () => [.. Builtins.Names, .. session.Project.Macros.NamesFor(session.Package)]
                );
                return true;
            case "builtins":
                value = new NameMapping(name, new Builtins(session), () => Builtins.Names);
                return true;
            default:
                return ContextNames.TryMake(name, session, out value);
        }
    }

    // What no macro hides.
    private sealed class Builtins(RenderSession session) : IGlobalScope
    {
        public static IEnumerable<string> Names => ContextNames.All.Order(StringComparer.Ordinal);

        public bool TryGet(string name, out object? value) => ContextNames.TryMake(name, session, out value);
    }
}
