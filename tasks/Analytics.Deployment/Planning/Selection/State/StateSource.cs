using System.Text.Json;
using Analytics.Deployment.Planning.Selection.Matching;

namespace Analytics.Deployment.Planning.Selection.State;

/// <summary>The methods <c>state</c>, <c>result</c> and <c>source_status</c>. The state is read when it is first asked for.</summary>
/// <param name="path">See <see cref="SelectionRequest.StatePath"/>.</param>
/// <param name="currentManifest">The manifest of the project as it is now.</param>
/// <param name="currentFolder">Where the last <c>sources.json</c> is; null for nowhere.</param>
internal sealed class StateSource(string? path, ReadOnlyMemory<byte> currentManifest, string? currentFolder)
{
    /// <summary>A state that was read before; null for the one of the path.</summary>
    public EarlierState? Given { get; init; }

    private static readonly string[] Words =
    [
        "new",
        "old",
        "modified",
        "unmodified",
        "modified.body",
        "modified.configs",
        "modified.contract",
        "modified.macros",
        "modified.persisted_descriptions",
        "modified.relation",
    ];

    private static readonly string[] Statuses =
    [
        "error",
        "fail",
        "no-op",
        "partial success",
        "pass",
        "reused",
        "runtime error",
        "skipped",
        "success",
        "warn",
    ];

    private (EarlierState? State, string Problem)? read;
    private Comparison? comparison;

    /// <summary><c>state:</c></summary>
    public Matcher Changes(string word)
    {
        if (!Words.Contains(word, StringComparer.Ordinal))
        {
            return Matcher.Refuse($"expected one of {string.Join(", ", Words)}");
        }

        var (state, problem) = Earlier();
        if (state is not { Manifest: { } manifest })
        {
            return Matcher.Refuse(state is null ? problem : $"there is no manifest.json in '{path}'");
        }

        comparison ??= new Comparison(manifest, ManifestView.Read(currentManifest));
        var compared = comparison;
        return Matcher.Of(node => compared.Is(node.UniqueId, word));
    }

    /// <summary><c>result:</c></summary>
    public Matcher Results(string status)
    {
        if (!Statuses.Contains(status, StringComparer.Ordinal))
        {
            return Matcher.Refuse($"expected one of {string.Join(", ", Statuses)}");
        }

        var (state, problem) = Earlier();
        return state is not { Results: { } results }
            ? Matcher.Refuse(state is null ? problem : $"there is no run_results.json in '{path}'")
            : Matcher.Of(node => results.GetValueOrDefault(node.UniqueId) == status);
    }

    /// <summary><c>source_status:fresher</c></summary>
    public Matcher Fresher(string status)
    {
        if (status != "fresher")
        {
            return Matcher.Refuse("expected fresher");
        }

        var (state, problem) = Earlier();
        if (state is null)
        {
            return Matcher.Refuse(problem);
        }

        var (before, wrong) = SourceTimes.Read(state.Folder);
        if (before is null)
        {
            return Matcher.Refuse(wrong);
        }

        (var now, wrong) = SourceTimes.Read(currentFolder);
        return now is null
            ? Matcher.Refuse(wrong)
            : Matcher.Of(node =>
                now.TryGetValue(node.UniqueId, out var loaded)
                && (!before.TryGetValue(node.UniqueId, out var old) || loaded > old)
            );
    }

    private (EarlierState? State, string Problem) Earlier() =>
        read ??=
            Given is not null ? (Given, string.Empty)
            : path is null
                ? (
                    null,
                    "it needs an earlier state to compare with: -p:State=<folder with manifest.json and run_results.json>, or -p:StateTarget=<target>"
                )
            : EarlierState.Read(path);

    private sealed class Comparison(ManifestView old, ManifestView current)
    {
        private readonly MacroChanges macros = new(old, current);

        public bool Is(string id, string word)
        {
            var (before, after) = (old.Find(id), current.Find(id));
            return word switch
            {
                "new" => before is null,
                "old" => before is not null,
                "unmodified" => after is { } node && !IsModified(before, node),
                "modified" => after is { } node && IsModified(before, node),
                _ => after is { } node && IsModified(before, node, word["modified.".Length..]),
            };
        }

        // As dbt: a source or an exposure that was not there before is new, and not modified.
        private bool IsModified(JsonElement? before, JsonElement after) =>
            macros.Touch(after)
            || (
                before is { } old
                    ? NodeChanges.Anything(old, after)
                    : ManifestView.At(after, "resource_type").GetString() is not ("source" or "exposure")
            );

        private bool IsModified(JsonElement? before, JsonElement after, string part) =>
            part == "macros"
                ? macros.Touch(after)
                : ManifestView.At(after, "resource_type").GetString() is not ("source" or "exposure" or "unit_test")
                    && (before is not { } old || Differs(old, after, part));

        private static bool Differs(JsonElement before, JsonElement after, string part) =>
            part switch
            {
                "body" => NodeChanges.Body(before, after),
                "configs" => NodeChanges.Config(before, after),
                "persisted_descriptions" => NodeChanges.PersistedDescription(before, after),
                "relation" => NodeChanges.Relation(before, after),
                _ => NodeChanges.Contract(before, after),
            };
    }
}
