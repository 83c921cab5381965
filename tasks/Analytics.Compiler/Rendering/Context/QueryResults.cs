using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>
/// What <c>statement</c> blocks of one rendering left behind. As in dbt, the result named <c>main</c> may be read again and
/// again, and every other one once.
/// </summary>
internal sealed class QueryResults
{
    private const string Main = "main";

    // A null is a result that was read.
    private readonly Dictionary<string, FrozenMapping?> results = new(StringComparer.Ordinal);

    /// <summary><c>load_result(name)</c>: <c>.response</c>, <c>.data</c> and <c>.table</c>; none when nothing has the name.</summary>
    public HostFunction Load => HostFunction.Create("load_result", LoadResult);

    /// <summary><c>store_result(name, response, agate_table=none)</c>.</summary>
    public HostFunction Store =>
        HostFunction.Create(
            "store_result",
            args =>
                Keep(
                    args.RequireText(0, "name", "store_result"),
                    args.Optional(1, "response"),
                    args.Optional(2, "agate_table") as TableValue
                )
        );

    /// <summary><c>store_raw_result(name, message=none, code=none, rows_affected=none, agate_table=none)</c>.</summary>
    public HostFunction StoreRaw =>
        HostFunction.Create(
            "store_raw_result",
            args =>
                Keep(
                    args.RequireText(0, "name", "store_raw_result"),
                    new ResponseValue(
                        args.Optional(1, "message"),
                        args.Optional(2, "code"),
                        args.Optional(3, "rows_affected")
                    ),
                    args.Optional(4, "agate_table") as TableValue
                )
        );

    /// <summary>How many rows the statement <c>main</c> returned or changed; null when there was none.</summary>
    public long? MainRows =>
        results.GetValueOrDefault(Main) is { } result
        && result.TryGetItem("response", out var response)
        && response is ResponseValue answer
        && answer.TryGetAttribute("rows_affected", out var rows)
        && rows is long count and >= 0
            ? count
            : null;

    private object Keep(string name, object? response, TableValue? table)
    {
        var kept = table ?? TableValue.Empty;
        results[name] = new FrozenMapping(
            new PyDict
            {
                { "response", response },
                { "data", new PyList(kept.Rows.Select(row => (object?)new PyTuple(row.Values))) },
                { "table", kept },
            }
        );
        return string.Empty;
    }

    private FrozenMapping? LoadResult(CallArguments args)
    {
        var name = args.RequireText(0, "name", "load_result");
        if (!results.TryGetValue(name, out var result))
        {
            return null;
        }

        if (result is null)
        {
            throw args.Fail(
                $"the result '{name}' was read before: keep it in a variable, for it can be loaded once",
                args.SpanOf(0, "name")
            );
        }

        if (name != Main)
        {
            results[name] = null;
        }

        return result;
    }
}
