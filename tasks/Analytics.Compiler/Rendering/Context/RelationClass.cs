using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>api.Relation</c>: called or by <c>create</c> it makes a relation.</summary>
internal sealed class RelationClass(RenderSession session) : HostFunction("Relation"), IHostObject
{
    public string TypeName => "type";

    public override object? Invoke(CallArguments args) => session.Place(RelationValue.Create(args));

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "create" ? Create(name, Invoke) : Member(name);
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    public string AsText() => Name;

    /// <summary>What the class offers, which every relation offers too; null when it does not.</summary>
    public static object? Member(string name) =>
        (object?)RelationTypes.Word(name)
        ?? name switch
        {
            "create" => Create(name, RelationValue.Create),
            "get_relation_type" => RelationTypes.Instance,
            "scd_args" => Create(name, ScdArguments),
            "add_ephemeral_prefix" => Create(
                name,
                args => $"__dbt__cte__{args.RequireText(0, "name", "api.Relation.add_ephemeral_prefix")}"
            ),
            "relation_max_name_length" => Create(name, _ => RelationValue.LongestIdentifier),
            _ => null,
        };

    // The parts of a snapshot's scd_id: the key, then the time of the change.
    private static PyList ScdArguments(CallArguments args)
    {
        var key = args.Optional(0, "primary_key");
        return new PyList(
            (key is PyList several ? several : Enumerable.Repeat(key, 1)).Append(args.Optional(1, "updated_at"))
        );
    }

    /// <summary><c>get_relation_type</c>: the words for kinds of relations, each its own value.</summary>
    private sealed class RelationTypes : HostFunction, IHostObject
    {
        private RelationTypes()
            : base("get_relation_type") { }

        public static RelationTypes Instance { get; } = new();

        public string TypeName => "type";

        public static string? Word(string name) =>
            name switch
            {
                "Table" => "table",
                "View" => "view",
                "CTE" => "cte",
                "MaterializedView" => "materialized_view",
                "External" => "external",
                "Ephemeral" => "ephemeral",
                "PointerTable" => "pointer_table",
                "Function" => "function",
                _ => null,
            };

        public override object? Invoke(CallArguments args) => args.RequireText(0, "value", "get_relation_type");

        public bool TryGetAttribute(string name, out object? value)
        {
            value = Word(name);
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
