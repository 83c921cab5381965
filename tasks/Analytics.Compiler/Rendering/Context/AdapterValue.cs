using Analytics.Compiler.Resolving;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>adapter.*</c>.</summary>
internal sealed class AdapterValue(RenderSession session) : IHostObject
{
    public string TypeName => "adapter";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "dispatch" => HostFunction.Create(name, Dispatch),
            "type" => HostFunction.Create(name, _ => "postgres"),
            "quote" => HostFunction.Create(
                name,
                args => RelationName.Quote(args.RequireText(0, "identifier", "adapter.quote"))
            ),
            "get_relation" => HostFunction.Create(name, GetRelation),
            "load_relation" => HostFunction.Create(name, args => Load(args.Optional(0, "relation"))),
            "get_columns_in_relation" => HostFunction.Create(name, Columns),
            "check_schema_exists" => HostFunction.Create(name, _ => session.Execute),
            _ => null,
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    public string AsText() => "adapter";

    private MacroValue Dispatch(CallArguments args)
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

        var macroNamespace = args.OptionalText(1, "macro_namespace", "adapter.dispatch");
        return session.Project.Macros.Dispatch(session.Package, name, macroNamespace, out var tried)
            ?? throw args.Fail(
                $"no macro was found for dispatch('{name}'); looked for {string.Join(", ", tried)}",
                span
            );
    }

    private RelationValue? GetRelation(CallArguments args)
    {
        var database = args.RequireText(0, "database", "adapter.get_relation");
        var schema = args.RequireText(1, "schema", "adapter.get_relation");
        var identifier = args.RequireText(2, "identifier", "adapter.get_relation");
        return session.Warehouse.RelationKind(schema, identifier) is { } kind
            ? new RelationValue(database, schema, identifier, kind)
            : null;
    }

    private RelationValue? Load(object? value) =>
        value is RelationValue { Schema: { } schema, Identifier: { } identifier } relation
        && session.Warehouse.RelationKind(schema, identifier) is { } kind
            ? relation with
            {
                RelationType = kind,
            }
            : null;

    private PyList Columns(CallArguments args)
    {
        if (args.Optional(0, "relation") is not RelationValue { Schema: { } schema, Identifier: { } identifier })
        {
            return [];
        }

        return new PyList(
            session
                .Warehouse.Columns(schema, identifier)
                .Select(column => (object?)new ColumnValue(column.Name, column.Type))
        );
    }
}
