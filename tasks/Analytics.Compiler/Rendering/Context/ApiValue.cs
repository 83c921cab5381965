using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>api.Relation</c> and <c>api.Column</c>.</summary>
internal sealed class ApiValue : IHostObject
{
    public static ApiValue Instance { get; } = new();

    private ApiValue() { }

    public string TypeName => "api";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "Relation" => new Factory("Relation", "create", CreateRelation),
            "Column" => new Factory("Column", "create", CreateColumn),
            _ => null,
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    public string AsText() => "api";

    private static RelationValue CreateRelation(CallArguments args) =>
        new(
            args.OptionalText(0, "database", "api.Relation.create"),
            args.OptionalText(1, "schema", "api.Relation.create"),
            args.OptionalText(2, "identifier", "api.Relation.create"),
            args.OptionalText(3, "type", "api.Relation.create")
        );

    private static ColumnValue CreateColumn(CallArguments args) =>
        new(
            args.RequireText(0, "name", "api.Column.create"),
            args.RequireText(1, "label_or_dtype", "api.Column.create")
        );

    /// <summary>A class of dbt's that templates make values of.</summary>
    private sealed class Factory(string type, string method, Func<CallArguments, object?> create)
        : HostFunction(type),
            IHostObject
    {
        public string TypeName => "type";

        public override object? Invoke(CallArguments args) => create(args);

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name == method ? Create(name, create) : null;
            return value is not null;
        }

        public bool TryGetItem(object? key, out object? value)
        {
            value = null;
            return false;
        }

        public string AsText() => Name;
    }
}
