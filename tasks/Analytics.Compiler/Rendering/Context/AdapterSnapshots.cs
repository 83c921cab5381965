using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>The adapter's methods about the tables of snapshots.</summary>
internal static class AdapterSnapshots
{
    public static IReadOnlyDictionary<string, Func<RenderSession, CallArguments, object?>> Methods { get; } =
        new Dictionary<string, Func<RenderSession, CallArguments, object?>>(StringComparer.Ordinal)
        {
            ["valid_snapshot_target"] = (session, args) => Check(session, args, args.Optional(1, "column_names"), null),
            ["assert_valid_snapshot_target_given_strategy"] = (session, args) =>
                Check(session, args, args.Optional(1, "column_names"), args.Optional(2, "strategy")),
            ["get_hard_deletes_behavior"] = (_, args) => HardDeletes(args),
        };

    private static object? Check(RenderSession session, CallArguments args, object? names, object? strategy)
    {
        if (!session.Execute)
        {
            return null;
        }

        var renamed = AdapterDispatch.Entries(names) ?? [];
        var wanted = new List<string> { "dbt_scd_id", "dbt_valid_from", "dbt_valid_to" };
        if (
            AdapterDispatch.Entries(strategy) is { } settings
            && settings.TryGet("hard_deletes", out var deletes)
            && deletes is "new_record"
        )
        {
            wanted.Add("dbt_is_deleted");
        }

        var present = AdapterQueries
            .Columns(session, args, 0, "relation")
            .Select(column => column.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = wanted
            .Select(name => renamed.TryGet(name, out var other) && other is string own ? own : name)
            .Where(name => !present.Contains(name))
            .ToList();
        return missing.Count == 0
            ? null
            : throw args.Fail($"the table is no snapshot: it lacks the columns {string.Join(", ", missing)}");
    }

    private static string HardDeletes(CallArguments args)
    {
        var config = args.Optional(0, "config");
        object? deletes = null;
        object? invalidate = null;
        if (config is IHostObject host)
        {
            host.TryGetItem("hard_deletes", out deletes);
            host.TryGetItem("invalidate_hard_deletes", out invalidate);
        }
        else if (config is PyDict dict)
        {
            dict.TryGet("hard_deletes", out deletes);
            dict.TryGet("invalidate_hard_deletes", out invalidate);
        }

        return (deletes, invalidate) switch
        {
            (not null, not null) => throw args.Fail(
                "a snapshot has 'hard_deletes' or the older 'invalidate_hard_deletes', not both"
            ),
            ("ignore" or "invalidate" or "new_record", _) => (string)deletes!,
            (not null, _) => throw args.Fail(
                $"'hard_deletes' is ignore, invalidate or new_record, but not {PyText.Repr(deletes)}"
            ),
            (_, true) => "invalidate",
            _ => "ignore",
        };
    }
}
