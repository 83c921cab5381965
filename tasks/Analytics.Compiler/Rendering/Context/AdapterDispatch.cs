using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>The adapter's methods about macros and about itself.</summary>
internal static class AdapterDispatch
{
    public static IReadOnlyDictionary<string, Func<RenderSession, CallArguments, object?>> Methods { get; } =
        new Dictionary<string, Func<RenderSession, CallArguments, object?>>(StringComparer.Ordinal)
        {
            ["dispatch"] = Dispatch,
            ["type"] = (_, _) => "postgres",
            // Nothing is open that could be committed: what a template runs is over when it has its answer.
            ["commit"] = (_, _) => null,
            ["cache_added"] = (_, _) => string.Empty,
            ["cache_dropped"] = (_, _) => string.Empty,
            ["cache_renamed"] = (_, _) => string.Empty,
            ["get_incremental_strategy_macro"] = StrategyMacro,
            ["get_catalog_integration"] = RefuseCatalog,
            ["build_catalog_relation"] = RefuseCatalog,
        };

    private static MacroValue Dispatch(RenderSession session, CallArguments args)
    {
        var name = args.RequireText(0, "macro_name", "adapter.dispatch");
        var span = args.SpanOf(0, "macro_name");
        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw args.Fail(
                $"adapter.dispatch() takes the macro's name without a package; write dispatch('{name.Split('.', 2)[1]}', '{name.Split('.', 2)[0]}')",
                span
            );
        }

        if (args.TryGet(2, "packages", out var packages) && packages is not null)
        {
            throw args.Fail(
                "adapter.dispatch() takes no 'packages' any more; write the namespace as 'macro_namespace', and the order of the packages under 'dispatch:' in dbt_project.yml",
                args.SpanOf(2, "packages")
            );
        }

        var macroNamespace = args.OptionalText(1, "macro_namespace", "adapter.dispatch");
        var macros = session.Project.Macros;
        return macros.Dispatch(session.Package, name, macroNamespace) is { } found
            ? macros.Find(found.Package, found.Name)!
            : throw args.Fail(
                $"no macro was found for dispatch('{name}'); looked for {string.Join(", ", macros.DispatchNames(session.Package, name, macroNamespace))}",
                span
            );
    }

    private static object? StrategyMacro(RenderSession session, CallArguments args)
    {
        var strategy = args.OptionalText(1, "strategy", "adapter.get_incremental_strategy_macro") ?? "default";
        if (strategy is "insert_overwrite")
        {
            throw args.Fail(
                $"the incremental strategy '{strategy}' is not valid for PostgreSQL",
                args.SpanOf(1, "strategy")
            );
        }

        var name = $"get_incremental_{strategy.Replace('+', '_')}_sql";
        return session.Project.Macros.Resolve(session.Package, name)
            ?? throw args.Fail(
                $"there is no macro '{name}' for the incremental strategy '{strategy}'",
                args.SpanOf(1, "strategy")
            );
    }

    private static object? RefuseCatalog(RenderSession session, CallArguments args) =>
        throw args.Fail("catalogs of tables outside of the database do not exist on PostgreSQL");

    /// <summary>The entries of a dict or of a mapping of the context; null for another value.</summary>
    public static PyDict? Entries(object? value) =>
        value switch
        {
            PyDict dict => dict,
            FrozenMapping mapping => mapping.Copy(),
            _ => null,
        };
}
