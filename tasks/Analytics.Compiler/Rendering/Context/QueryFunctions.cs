using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>
/// <c>run_query</c>, <c>statement</c> and <c>load_result</c>. Where no database answers (<c>execute</c> is false) they give
/// none, as dbt does while it parses.
/// </summary>
internal sealed class QueryFunctions(RenderSession session)
{
    private readonly Dictionary<string, TableValue> results = new(StringComparer.Ordinal);

    public HostFunction RunQuery =>
        HostFunction.Create(
            "run_query",
            args =>
                session.Execute ? new TableValue(session.Warehouse.Query(PyText.Str(args.Optional(0, "sql")))) : null
        );

    public HostFunction Statement => HostFunction.Create("statement", RunStatement);

    public HostFunction LoadResult =>
        HostFunction.Create(
            "load_result",
            args =>
                results.TryGetValue(args.RequireText(0, "name", "load_result"), out var table)
                    ? new FrozenMapping(new PyDict { { "table", table }, { "data", new PyList(table.Items()) } })
                    : null
        );

    private object RunStatement(CallArguments args)
    {
        if (args.TryGet(-1, "caller", out var caller))
        {
            var sql = PyText.Str(args.Context.Call(caller, [], [], args.Span));
            if (session.Execute)
            {
                results[args.OptionalText(0, "name", "statement") ?? "main"] = new TableValue(
                    session.Warehouse.Query(sql)
                );
            }
        }

        return string.Empty;
    }
}
