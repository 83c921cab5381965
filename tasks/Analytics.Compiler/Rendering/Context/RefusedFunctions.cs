using System.Collections.Frozen;
using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>Names of dbt's context that cannot mean anything here. A call says why.</summary>
internal static class RefusedFunctions
{
    private static readonly FrozenDictionary<string, string> Reasons = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["submit_python_job"] = "models in Python do not run on PostgreSQL",
        ["adapter_macro"] = "dbt took it away; write adapter.dispatch('name', 'package')(…)",
        ["debug"] = "a build has no terminal to stop in; print(…) says a value",
        ["load_agate_table"] = "a seed has no template that could call it; ref('seed') is its table",
        ["metric"] = "metrics are not computed; write the query in a model",
        ["context_macro_stack"] = "it belongs to the inside of dbt; an error names the macros under way by itself",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Reasons.Keys;

    public static bool TryMake(string name, RenderSession session, out object? value)
    {
        value = Reasons.TryGetValue(name, out var reason)
            ? HostFunction.Create(
                name,
                args =>
                    throw session.Fail(
                        args,
                        args.Span,
                        span => TemplateDiagnostics.Unsupported(span, $"'{name}' is not supported: {reason}")
                    )
            )
            : null;
        return value is not null;
    }
}
