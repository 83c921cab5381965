using System.Collections.Frozen;
using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>exceptions.*</c>: errors and warnings that templates raise. Every member of dbt's, with its arguments.</summary>
internal sealed class ExceptionsValue(RenderSession session) : IHostObject
{
    private static readonly FrozenDictionary<string, Func<CallArguments, string>> Errors = new Dictionary<
        string,
        Func<CallArguments, string>
    >(StringComparer.Ordinal)
    {
        ["raise_compiler_error"] = Said,
        ["raise_not_implemented"] = Said,
        ["raise_fail_fast_error"] = Said,
        ["raise_database_error"] = Said,
        ["raise_dependency_error"] = Said,
        ["raise_cache_inconsistent"] = args => Shown(args, 0, "message"),
        ["raise_contract_error"] = args =>
            $"the columns of the query are not those of the contract; the contract: {Shown(args, 0, "yaml_columns")}; the query: {Shown(args, 1, "sql_columns")}",
        ["column_type_missing"] = args =>
            $"a model with a contract needs a data_type for every column; it is missing for {Shown(args, 0, "column_names")}",
        ["relation_wrong_type"] = args =>
            $"{Shown(args, 0, "relation")} should become a {Shown(args, 1, "expected_type")}, but it is a {Type(args)}; drop it, or publish with a full refresh",
        ["missing_config"] = args =>
            $"{Name(args.Optional(0, "model"))} lacks the required config '{Shown(args, 1, "name")}'",
        ["missing_materialization"] = args =>
            $"no materialization of {Name(args.Optional(0, "model"))} was found for {Shown(args, 1, "adapter_type")}",
        ["missing_relation"] = args => $"the relation {Shown(args, 0, "relation")} was not found",
        ["raise_ambiguous_alias"] = args => Two(args, "have the same relation name"),
        ["raise_duplicate_resource_name"] = args => Two(args, "have the same name"),
        ["raise_ambiguous_catalog_match"] = args =>
            $"{Shown(args, 0, "unique_id")} matches two relations: {Shown(args, 1, "match_1")} and {Shown(args, 2, "match_2")}",
        ["raise_dataclass_not_dict"] = args => $"expected a dictionary, but got {Shown(args, 0, "obj")}",
        ["raise_dep_not_found"] = args =>
            $"{Shown(args, 1, "node_description")} needs the package '{Shown(args, 2, "required_pkg")}', which is not there",
        ["raise_duplicate_patch_name"] = args =>
            $"{Name(args.Optional(0, "patch_1"))} is described twice; the other place is {Shown(args, 1, "existing_patch_path")}",
        ["raise_invalid_property_yml_version"] = args =>
            $"the file {Shown(args, 0, "path")} is not valid: {Shown(args, 1, "issue")}",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public string TypeName => "exceptions";

    /// <summary>All names, for suggestions.</summary>
    public static IEnumerable<string> Names => Errors.Keys.Append("warn").Append("warn_snapshot_timestamp_data_types");

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "warn" => HostFunction.Create(name, args => Warn(args, Said(args))),
            "warn_snapshot_timestamp_data_types" => HostFunction.Create(
                name,
                args =>
                    Warn(
                        args,
                        $"the snapshot's times are {Shown(args, 0, "snapshot_time_data_type")}, but those of its column updated_at {Shown(args, 1, "updated_at_data_type")}"
                    )
            ),
            _ when Errors.TryGetValue(name, out var message) => HostFunction.Create(
                name,
                args => throw session.Fail(args, args.Span, span => TemplateDiagnostics.Raised(span, message(args)))
            ),
            _ => null,
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && TryGetAttribute(name, out value);
    }

    public string AsText() => "exceptions";

    private string Warn(CallArguments args, string message)
    {
        session.Warn(args, span => TemplateDiagnostics.Warned(span, message));
        return string.Empty;
    }

    private static string Said(CallArguments args) => Shown(args, 0, "msg");

    private static string Shown(CallArguments args, int index, string name) => PyText.Str(args.Optional(index, name));

    private static string Type(CallArguments args) =>
        (args.Optional(0, "relation") as RelationValue)?.RelationType ?? "relation of another kind";

    private static string Two(CallArguments args, string what) =>
        $"{Name(args.Optional(0, "node_1"))} and {Name(args.Optional(1, "node_2"))} {what}";

    // A node is told by its id.
    private static string Name(object? node)
    {
        var id =
            node is PyDict dict && dict.TryGet("unique_id", out var own) ? own
            : node is IHostObject host && host.TryGetItem("unique_id", out var other) ? other
            : null;
        return PyText.Str(id ?? node);
    }
}
