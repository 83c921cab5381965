using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>
/// The <c>config</c> of a node's description: every key that dbt's kind of resource has, with dbt's default where nothing
/// was configured, then the keys that only this node has, in ordinal order.
/// </summary>
internal static class ConfigDescription
{
    public static PyDict Of(GraphNode node) => Of(node.Kind, node.Config);

    public static PyDict Of(ResourceKind kind, NodeConfig own)
    {
        var config = kind switch
        {
            ResourceKind.Test => Test(),
            ResourceKind.Source => Source(),
            ResourceKind.Exposure or ResourceKind.UnitTest => Other(),
            ResourceKind.Seed => Seed(),
            ResourceKind.Snapshot => Snapshot(),
            ResourceKind.Model => Model(),
            ResourceKind.Function => Function(),
            _ => Relation("view"),
        };
        foreach (var (key, value) in own.Values)
        {
            config[key] = key is "pre-hook" or "post-hook" ? Hooks(value) : value;
        }

        if (kind == ResourceKind.Test)
        {
            SettleKeeping(config);
        }

        return config;
    }

    /// <summary>The configs that were set, with their templates as they are written.</summary>
    public static PyDict Unrendered(GraphNode node) =>
        node.Config.Origin is { } origin
            ? new PyDict(origin.Unrendered.Select(pair => KeyValuePair.Create((object?)pair.Key, pair.Value)))
            : [];

    private static PyDict Start(string? schema) =>
        new()
        {
            { "enabled", true },
            { "alias", null },
            { "schema", schema },
            { "database", null },
            { "tags", new PyList() },
            { "meta", new PyDict() },
            { "group", null },
        };

    private static PyDict Relation(string materialized)
    {
        var config = Start(null);
        config["materialized"] = materialized;
        config["incremental_strategy"] = null;
        config["batch_size"] = null;
        config["lookback"] = 1L;
        config["begin"] = null;
        config["persist_docs"] = new PyDict();
        config["post-hook"] = new PyList();
        config["pre-hook"] = new PyList();
        config["quoting"] = new PyDict();
        config["column_types"] = new PyDict();
        config["full_refresh"] = null;
        config["unique_key"] = null;
        config["on_schema_change"] = "ignore";
        config["on_configuration_change"] = "apply";
        config["grants"] = new PyDict();
        config["packages"] = new PyList();
        config["docs"] = Docs();
        config["contract"] = new PyDict { { "enforced", false }, { "alias_types", true } };
        config["event_time"] = null;
        config["concurrent_batches"] = null;
        return config;
    }

    private static PyDict Model()
    {
        var config = Relation("view");
        config["access"] = "protected";
        config["freshness"] = null;
        return config;
    }

    private static PyDict Seed()
    {
        var config = Relation("seed");
        config["delimiter"] = ",";
        config["quote_columns"] = null;
        return config;
    }

    private static PyDict Snapshot()
    {
        var config = Relation("snapshot");
        config["strategy"] = null;
        config["target_schema"] = null;
        config["target_database"] = null;
        config["updated_at"] = null;
        config["check_cols"] = null;
        config["snapshot_meta_column_names"] = new PyDict
        {
            { "dbt_valid_to", null },
            { "dbt_valid_from", null },
            { "dbt_scd_id", null },
            { "dbt_updated_at", null },
            { "dbt_is_deleted", null },
        };
        config["dbt_valid_to_current"] = null;
        return config;
    }

    private static PyDict Function()
    {
        var config = Relation("function");
        config["type"] = "scalar";
        config["volatility"] = null;
        config["runtime_version"] = null;
        config["entry_point"] = null;
        return config;
    }

    private static PyDict Test()
    {
        var config = Start("dbt_test__audit");
        config["materialized"] = "test";
        config["severity"] = "ERROR";
        config["store_failures"] = null;
        config["store_failures_as"] = null;
        config["where"] = null;
        config["limit"] = null;
        config["fail_calc"] = "count(*)";
        config["warn_if"] = "!= 0";
        config["error_if"] = "!= 0";
        return config;
    }

    // As dbt does: each of the two keys says what the other one means, and the younger one is right.
    private static void SettleKeeping(PyDict config)
    {
        if (config["store_failures_as"] is { } keptAs)
        {
            config["store_failures"] = keptAs is not "ephemeral";
        }
        else if (config["store_failures"] is bool stored)
        {
            config["store_failures_as"] = stored ? "table" : "ephemeral";
        }
    }

    private static PyDict Other() =>
        new()
        {
            { "enabled", true },
            { "tags", new PyList() },
            { "meta", new PyDict() },
        };

    private static PyDict Source() =>
        new()
        {
            { "enabled", true },
            { "event_time", null },
            { "freshness", null },
            { "loaded_at_field", null },
            { "loaded_at_query", null },
            { "meta", new PyDict() },
            { "tags", new PyList() },
        };

    /// <summary>dbt's default of <c>docs</c>.</summary>
    public static PyDict Docs() => new() { { "show", true }, { "node_color", null } };

    // A hook is a text, or a mapping with the text under 'sql'.
    private static PyList Hooks(object? value)
    {
        var hooks = new PyList();
        foreach (var item in value is PyList list ? list : [value])
        {
            var hook = new PyDict
            {
                { "sql", item },
                { "transaction", true },
                { "index", null },
            };
            foreach (var (key, part) in item as PyDict ?? [])
            {
                hook[key] = part;
            }

            hooks.Add(hook);
        }

        return hooks;
    }
}
