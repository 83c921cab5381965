using Analytics.Compiler.Rendering.Builtin;
using Analytics.Compiler.Rendering.Context;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.UnitTesting;

/// <summary>Puts what a unit test says of macros over the names of a rendering.</summary>
internal static class MacroOverrides
{
    /// <summary>
    /// A bare name counts for the name and for the namespace <c>dbt</c>; one with the namespace <c>dbt</c> for both too, one with another
    /// namespace for that alone. A name that nothing has is passed over, as dbt does it.
    /// </summary>
    /// <param name="names">The names of the rendering.</param>
    /// <param name="scope">The unit test.</param>
    public static void Apply(NodeScope names, UnitTestScope scope)
    {
        var namespaces = new Dictionary<string, Dictionary<string, object?>>(StringComparer.Ordinal);
        foreach (
            var (name, value) in scope.Macros.OrderBy(macro =>
                macro.Key.Contains('.', StringComparison.Ordinal) ? 0 : 1
            )
        )
        {
            if (name.Split('.') is [var package, var macro])
            {
                Member(package, macro, value);
                if (package == BuiltinPackage.Name)
                {
                    Bare(macro, value);
                }
            }
            else if (name != UnitTestScope.IsIncrementalName)
            {
                Bare(name, value);
                Member(BuiltinPackage.Name, name, value);
            }
        }

        foreach (var (package, members) in namespaces)
        {
            if (names.TryGet(package, out var original) && original is IHostObject host)
            {
                names.Define(package, new Overlay(host, members));
            }
        }

        void Bare(string name, object? value)
        {
            if (names.TryGet(name, out var original))
            {
                names.Define(name, Instead(name, original, value));
            }
        }

        void Member(string package, string name, object? value)
        {
            if (
                names.TryGet(package, out var owner)
                && owner is IHostObject host
                && host.TryGetAttribute(name, out var original)
            )
            {
                if (!namespaces.TryGetValue(package, out var members))
                {
                    namespaces.Add(package, members = new Dictionary<string, object?>(StringComparer.Ordinal));
                }

                members[name] = Instead(name, original, value);
            }
        }
    }

    // What is called gives the value when it is called; what is read, like invocation_id, is the value.
    private static object? Instead(string name, object? original, object? value) =>
        original is ICallable ? HostFunction.Create(name, _ => value) : value;

    private sealed class Overlay(IHostObject original, Dictionary<string, object?> members) : IHostObject
    {
        public string TypeName => original.TypeName;

        public bool TryGetAttribute(string name, out object? value) =>
            members.TryGetValue(name, out value) || original.TryGetAttribute(name, out value);

        public bool TryGetItem(object? key, out object? value)
        {
            value = null;
            return key is string name && TryGetAttribute(name, out value);
        }

        public string AsText() => original.AsText();
    }
}
