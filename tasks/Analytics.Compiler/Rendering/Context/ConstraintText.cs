using Analytics.Compiler.Resolving;
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
            constraints.Select(value => (object?)Table(AdapterDispatch.Entries(value) ?? [], args)).OfType<string>()
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
        foreach (var raw in constraints as PyList ?? [])
        {
            var constraint = AdapterDispatch.Entries(raw) ?? [];
            var expression = Text(constraint, "expression") ?? string.Empty;
            parts.Add(
                Kind(constraint) switch
                {
                    "check" => $"check ({expression})",
                    "not_null" => $"not null {expression}",
                    "unique" => $"unique {expression}",
                    "primary_key" => $"primary key {expression}",
                    "foreign_key" => References(constraint, expression),
                    "custom" => expression,
                    var other => throw args.Fail($"there is no constraint of the type '{other}' on a column"),
                }
            );
        }

        return string.Join(' ', parts.Select(part => part.TrimEnd()).Where(part => part.Length > 0));
    }

    private static string Table(PyDict constraint, CallArguments args)
    {
        var expression = Text(constraint, "expression") ?? string.Empty;
        var name = Text(constraint, "name") is { } own ? $"constraint {own} " : string.Empty;
        var columns = $"({List(constraint, "columns")})";
        var text = Kind(constraint) switch
        {
            "check" => $"{name}check ({expression})",
            "unique" => $"{name}unique {columns} {expression}",
            "primary_key" => $"{name}primary key {columns} {expression}",
            "foreign_key" => $"{name}foreign key {columns} {References(constraint, expression)}",
            "custom" => $"{name}{expression}",
            var other => throw args.Fail($"there is no constraint of the type '{other}' on a model"),
        };
        return text.TrimEnd();
    }

    private static string References(PyDict constraint, string expression) =>
        Text(constraint, "to") is { } to
            ? $"references {to} ({List(constraint, "to_columns")})"
            : $"references {expression}";

    private static string? Kind(PyDict constraint) => Text(constraint, "type");

    private static string List(PyDict constraint, string key) =>
        constraint.TryGet(key, out var value) && value is PyList list
            ? string.Join(", ", list.Select(PyText.Str))
            : string.Empty;

    private static string? Text(PyDict entries, string key) =>
        entries.TryGet(key, out var value) && value is not null ? PyText.Str(value) : null;
}
