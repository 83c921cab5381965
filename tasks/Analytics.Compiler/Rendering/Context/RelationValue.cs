using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>dbt's Relation: what <c>ref</c>, <c>source</c> and <c>this</c> give to a template.</summary>
/// <param name="Database">Null where the part is left out.</param>
/// <param name="Schema">Null where the part is left out.</param>
/// <param name="Identifier">Null where the part is left out.</param>
/// <param name="RelationType"><c>table</c>, <c>view</c>, <c>cte</c>, …; null when not known.</param>
internal sealed record RelationValue(string? Database, string? Schema, string? Identifier, string? RelationType)
    : IHostObject
{
    private bool includeDatabase = true;
    private bool includeSchema = true;
    private bool includeIdentifier = true;
    private bool quoteDatabase = true;
    private bool quoteSchema = true;
    private bool quoteIdentifier = true;

    /// <summary>SQL that stands in place of the name, for example a filtered subquery; null for the plain name.</summary>
    public string? Instead { get; init; }

    string IHostObject.TypeName => "Relation";

    /// <summary>A relation of the graph.</summary>
    /// <param name="name">Where it is for this rendering.</param>
    /// <param name="node">Says how its name is quoted.</param>
    public static RelationValue Of(RelationName name, RelationNode node) =>
        new(name.Database, name.Schema, name.Identifier, null)
        {
            quoteDatabase = node.Quoting.Database,
            quoteSchema = node.Quoting.Schema,
            quoteIdentifier = node.Quoting.Identifier,
        };

    /// <summary>The common table expression of an ephemeral model.</summary>
    public static RelationValue Ephemeral(string identifier) =>
        new(null, null, identifier, "cte") { quoteIdentifier = false };

    public string AsText() => Instead ?? Render();

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && TryGetAttribute(name, out value);
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        object? found = name switch
        {
            "database" => Database,
            "schema" => Schema,
            "identifier" or "name" or "table" => Identifier,
            "type" => RelationType,
            "is_table" => RelationType == "table",
            "is_view" => RelationType == "view",
            "is_cte" => RelationType == "cte",
            "is_materialized_view" => RelationType == "materialized_view",
            "is_pointer" => false,
            "render" => HostFunction.Create(name, _ => Render()),
            "include" => HostFunction.Create(name, Include),
            "quote" => HostFunction.Create(name, QuoteParts),
            "incorporate" => HostFunction.Create(name, Incorporate),
            "replace_path" => HostFunction.Create(name, ReplacePath),
            "without_identifier" => HostFunction.Create(name, _ => this with { includeIdentifier = false }),
            "information_schema" => HostFunction.Create(name, InformationSchema),
            "relation_max_name_length" => HostFunction.Create(name, _ => 63L),
            "include_policy" => Policy(includeDatabase, includeSchema, includeIdentifier),
            "quote_policy" => Policy(quoteDatabase, quoteSchema, quoteIdentifier),
            _ => Missing,
        };
        value = ReferenceEquals(found, Missing) ? null : found;
        return !ReferenceEquals(found, Missing);
    }

    private static readonly object Missing = new();

    private string Render()
    {
        var parts = new List<string>(3);
        Add(Database, includeDatabase, quoteDatabase);
        Add(Schema, includeSchema, quoteSchema);
        Add(Identifier, includeIdentifier, quoteIdentifier);
        return string.Join('.', parts);

        void Add(string? part, bool include, bool quote)
        {
            if (include && part is not null)
            {
                parts.Add(quote ? RelationName.Quote(part) : part);
            }
        }
    }

    private static FrozenMapping Policy(bool database, bool schema, bool identifier) =>
        new(
            new PyDict
            {
                { "database", database },
                { "schema", schema },
                { "identifier", identifier },
            }
        );

    private RelationValue Include(CallArguments args) =>
        this with
        {
            includeDatabase = args.Flag(0, "database", includeDatabase),
            includeSchema = args.Flag(1, "schema", includeSchema),
            includeIdentifier = args.Flag(2, "identifier", includeIdentifier),
        };

    private RelationValue QuoteParts(CallArguments args) =>
        this with
        {
            quoteDatabase = args.Flag(0, "database", quoteDatabase),
            quoteSchema = args.Flag(1, "schema", quoteSchema),
            quoteIdentifier = args.Flag(2, "identifier", quoteIdentifier),
        };

    private RelationValue Incorporate(CallArguments args)
    {
        var changed = this;
        if (args.Optional(-1, "path") is PyDict path)
        {
            changed = changed.With(path);
        }

        if (args.TryGet(-1, "type", out var type))
        {
            changed = changed with { RelationType = type as string };
        }

        return changed;
    }

    private RelationValue ReplacePath(CallArguments args) =>
        With(new PyDict(args.Named.Select(pair => KeyValuePair.Create((object?)pair.Key, pair.Value))));

    private RelationValue With(PyDict path) =>
        this with
        {
            Database = path.TryGet("database", out var database) ? database as string : Database,
            Schema = path.TryGet("schema", out var schema) ? schema as string : Schema,
            Identifier = path.TryGet("identifier", out var identifier) ? identifier as string : Identifier,
        };

    private RelationValue InformationSchema(CallArguments args) =>
        new(Database, "INFORMATION_SCHEMA", args.OptionalText(0, "view", "information_schema"), "view")
        {
            quoteSchema = false,
            quoteIdentifier = false,
        };
}
