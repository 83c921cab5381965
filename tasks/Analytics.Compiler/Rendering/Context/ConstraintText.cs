using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Contracts;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>Constraints of YAML as the SQL of a <c>create table</c>.</summary>
internal static class ConstraintText
{
    /// <summary>A list of column definitions, of a mapping from names to columns with <c>data_type</c> and <c>constraints</c>.</summary>
    public static PyList OfColumns(CallArguments args)
    {
        var columns = AdapterDispatch.Entries(args.Optional(0, "raw_columns")) ?? [];
        return new PyList(columns.Values.Select(value => (object?)Column(AdapterDispatch.Entries(value) ?? [], args)));
    }

    /// <summary>A list of table constraints.</summary>
    public static PyList OfModel(CallArguments args)
    {
        var constraints = args.Optional(0, "raw_constraints") as PyList ?? [];
        return new PyList(
            constraints
                .Select(value =>
                    ConstraintSql.OfTable(Definition(AdapterDispatch.Entries(value) ?? [], "a model", args))
                )
                .Where(text => text.Length > 0)
        );
    }

    private static string Column(PyDict column, CallArguments args)
    {
        var name = Text(column, "name") ?? throw args.Fail("a column of the constraints has no name");
        var quoted = column.TryGet("quote", out var quote) && quote is true;
        var parts = new List<string>
        {
            quoted ? RelationName.Quote(name) : name,
            Text(column, "data_type") ?? string.Empty,
        };
        column.TryGet("constraints", out var constraints);
        parts.AddRange(
            (constraints as PyList ?? []).Select(raw =>
                ConstraintSql.OfColumn(Definition(AdapterDispatch.Entries(raw) ?? [], "a column", args))
            )
        );
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private static ConstraintDefinition Definition(PyDict constraint, string owner, CallArguments args) =>
        ConstraintSql.KindOf(Text(constraint, "type")) is { } kind
            ? new ConstraintDefinition(
                kind,
                Text(constraint, "name"),
                Text(constraint, "expression") ?? string.Empty,
                Text(constraint, "to"),
                List(constraint, "to_columns"),
                List(constraint, "columns"),
                args.Span
            )
            : throw args.Fail($"there is no constraint of the type '{Text(constraint, "type")}' on {owner}");

    private static ImmutableArray<string> List(PyDict constraint, string key) =>
        constraint.TryGet(key, out var value) && value is PyList list ? [.. list.Select(PyText.Str)] : [];

    private static string? Text(PyDict entries, string key) =>
        entries.TryGet(key, out var value) && value is not null ? PyText.Str(value) : null;
}
