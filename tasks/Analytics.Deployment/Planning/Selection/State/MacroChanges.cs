using System.Text.Json;

namespace Analytics.Deployment.Planning.Selection.State;

/// <summary>Which nodes call, directly or not, a macro that changed. The macros that come with dbt, or with us, do not count.</summary>
internal sealed class MacroChanges
{
    private static readonly string[] OwnPackages = ["dbt", "dbt_postgres"];

    private readonly ManifestView current;
    private readonly HashSet<string> changed;

    public MacroChanges(ManifestView old, ManifestView current)
    {
        this.current = current;
        changed = current
            .Macros.Keys.Union(old.Macros.Keys, StringComparer.Ordinal)
            .Where(id => !OwnPackages.Contains(id.Split('.').ElementAtOrDefault(1)))
            .Where(id => Code(old, id) != Code(current, id))
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a node calls such a macro.</summary>
    public bool Touch(JsonElement node)
    {
        if (changed.Count == 0)
        {
            return false;
        }

        var open = new Stack<string>(Called(node));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryPop(out var id))
        {
            if (changed.Contains(id))
            {
                return true;
            }

            if (seen.Add(id) && current.Macros.TryGetValue(id, out var macro))
            {
                foreach (var called in Called(macro))
                {
                    open.Push(called);
                }
            }
        }

        return false;
    }

    private static IEnumerable<string> Called(JsonElement element) =>
        ManifestView.Texts(ManifestView.At(element, "depends_on", "macros"));

    private static string? Code(ManifestView manifest, string id) =>
        manifest.Macros.TryGetValue(id, out var macro)
        && ManifestView.At(macro, "macro_sql") is { ValueKind: JsonValueKind.String } sql
            ? sql.GetString()!.Trim()
            : null;
}
