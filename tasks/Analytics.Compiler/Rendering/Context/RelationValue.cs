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

    /// <summary>A function of the graph.</summary>
    /// <param name="name">Where it is for this rendering.</param>
    /// <param name="node">Says how its name is quoted.</param>
    public static RelationValue Of(RelationName name, FunctionNode node) =>
        new(name.Database, name.Schema, name.Identifier, "function")
        {
            quoteDatabase = node.Quoting.Database,
            quoteSchema = node.Quoting.Schema,
            quoteIdentifier = node.Quoting.Identifier,
        };

    /// <summary>The common table expression of an ephemeral model.</summary>
    public static RelationValue Ephemeral(string identifier) =>
        new(null, null, identifier, "cte") { quoteIdentifier = false };

    /// <summary>The most characters that PostgreSQL's identifiers have, in bytes.</summary>
    public const long LongestIdentifier = 63;

    /// <summary><c>api.Relation.create(database, schema, identifier, type, quote_policy, include_policy)</c>.</summary>
    public static RelationValue Create(CallArguments args) =>
        new RelationValue(
            args.OptionalText(0, "database", "api.Relation.create"),
            args.OptionalText(1, "schema", "api.Relation.create"),
            args.OptionalText(2, "identifier", "api.Relation.create"),
            args.OptionalText(3, "type", "api.Relation.create")
        )
            .WithPolicies(args)
            .Checked(args);

    // dbt's class is a Mapping of its fields: packages tell relations from other values by that and by its metadata.
    bool IHostObject.IsMapping => true;

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
            "is_function" => RelationType == "function",
            "is_pointer" => false,
            "can_be_renamed" or "can_be_replaced" => RelationType is "table" or "view",
            "metadata" => Metadata,
            "matches" => HostFunction.Create(name, Matches),
            "get" => HostFunction.Create(name, Get),
            "quoted" => HostFunction.Create(
                name,
                args => RelationName.Quote(args.RequireText(0, "identifier", "quoted"))
            ),
            "from_config" or "get_materialized_view_config_change_collection" => HostFunction.Create(
                name,
                args =>
                    throw args.Fail(
                        $"{name}() of a relation is not supported: a publish plans materialized views itself"
                    )
            ),
            "render" => HostFunction.Create(name, _ => Render()),
            "include" => HostFunction.Create(name, Include),
            "quote" => HostFunction.Create(name, QuoteParts),
            "incorporate" => HostFunction.Create(name, Incorporate),
            "replace_path" => HostFunction.Create(name, ReplacePath),
            "without_identifier" => HostFunction.Create(name, _ => this with { includeIdentifier = false }),
            "information_schema" => HostFunction.Create(name, InformationSchema),
            "include_policy" => Policy(includeDatabase, includeSchema, includeIdentifier),
            "quote_policy" => Policy(quoteDatabase, quoteSchema, quoteIdentifier),
            _ => RelationClass.Member(name) ?? Missing,
        };
        value = ReferenceEquals(found, Missing) ? null : found;
        return !ReferenceEquals(found, Missing);
    }

    private static readonly object Missing = new();
    private static readonly FrozenMapping Metadata = new(new PyDict { { "type", "PostgresRelation" } });

    /// <summary>The name as SQL, without what may stand in its place.</summary>
    public string Render()
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

        return changed.WithPolicies(args).Checked(args);
    }

    private RelationValue WithPolicies(CallArguments args)
    {
        var quote = args.Optional(-1, "quote_policy");
        var include = args.Optional(-1, "include_policy");
        return this with
        {
            quoteDatabase = Part(quote, "database", quoteDatabase),
            quoteSchema = Part(quote, "schema", quoteSchema),
            quoteIdentifier = Part(quote, "identifier", quoteIdentifier),
            includeDatabase = Part(include, "database", includeDatabase),
            includeSchema = Part(include, "schema", includeSchema),
            includeIdentifier = Part(include, "identifier", includeIdentifier),
        };
    }

    private static bool Part(object? policy, string part, bool fallback)
    {
        object? value = null;
        var found = policy is PyDict dict
            ? dict.TryGet(part, out value)
            : policy is FrozenMapping mapping && mapping.TryGetItem(part, out value);
        return found && value is bool flag ? flag : fallback;
    }

    // What has a type is going to be made, and PostgreSQL would cut its name.
    private RelationValue Checked(CallArguments args) =>
        RelationType is not null && Identifier is { Length: > (int)LongestIdentifier }
            ? throw args.Fail(
                $"the relation name '{Identifier}' has {Identifier.Length} characters, but PostgreSQL takes {LongestIdentifier}"
            )
            : this;

    // As dbt, a match by all but the case is a mistake of the caller and not 'no'.
    private object Matches(CallArguments args)
    {
        var asked = new[]
        {
            (args.OptionalText(0, "database", "matches"), Database),
            (args.OptionalText(1, "schema", "matches"), Schema),
            (args.OptionalText(2, "identifier", "matches"), Identifier),
        };
        if (asked.All(pair => pair.Item1 is null))
        {
            throw args.Fail("matches() needs a database, a schema or an identifier");
        }

        if (asked.All(pair => pair.Item1 is null || pair.Item1 == pair.Item2))
        {
            return true;
        }

        return asked.All(pair =>
            pair.Item1 is null || string.Equals(pair.Item1, pair.Item2, StringComparison.OrdinalIgnoreCase)
        )
            ? throw args.Fail($"{Render()} differs from what matches() was asked for in upper and lower case only")
            : false;
    }

    private object? Get(CallArguments args) =>
        TryGetAttribute(args.RequireText(0, "key", "get"), out var value) ? value : args.Optional(1, "default");

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
