using System.Collections.Frozen;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>adapter</c>: the methods that dbt exposes, on PostgreSQL.</summary>
internal sealed class AdapterValue(RenderSession session) : IHostObject
{
    private static readonly FrozenDictionary<string, Func<RenderSession, CallArguments, object?>> Methods =
        AdapterDispatch
            .Methods.Concat(AdapterQueries.Methods)
            .Concat(AdapterChanges.Methods)
            .Concat(AdapterText.Methods)
            .Concat(AdapterSnapshots.Methods)
            .ToFrozenDictionary(StringComparer.Ordinal);

    public string TypeName => "adapter";

    /// <summary>All names, for suggestions.</summary>
    public static IEnumerable<string> Names => Methods.Keys;

    public bool TryGetAttribute(string name, out object? value)
    {
        value =
            name == "behavior" ? BehaviorValue.Instance
            : Methods.TryGetValue(name, out var method) ? HostFunction.Create(name, args => method(session, args))
            : null;
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    public string AsText() => "adapter";
}
