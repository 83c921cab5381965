using System.Text.RegularExpressions;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Planning;

/// <summary>Decides what becomes of a materialized view: it is refreshed, made anew or left alone.</summary>
/// <param name="graph">The whole graph.</param>
/// <param name="live">What is known of those that are live, by unique id.</param>
internal sealed partial class MaterializedViews(
    ModelGraph graph,
    IReadOnlyDictionary<string, LiveMaterializedView> live
)
{
    /// <summary>The step of the cut-over.</summary>
    /// <param name="build">The step that tries its query.</param>
    /// <param name="old">What is there now.</param>
    /// <param name="fullRefresh">Whether it is made anew whatever it is.</param>
    /// <param name="earlier">The steps of what comes before it in the graph.</param>
    /// <returns>The step, or why there must be none; neither where it is to be left alone.</returns>
    public (CutOverStep? Step, Diagnostic? Refusal) Decide(
        BuildMaterializedView build,
        CatalogRelation? old,
        bool fullRefresh,
        IEnumerable<CutOverStep> earlier
    )
    {
        var model = build.Model;
        var anew = new CreateMaterializedView(build, old);
        if (
            old is not { Kind: RelationKind.MaterializedView }
            || (model.Config.Flag("full_refresh") ?? fullRefresh)
            || !live.TryGetValue(model.UniqueId, out var known)
            || !known.IsAsMade
            || ReadsReplaced(model, earlier)
        )
        {
            return (anew, null);
        }

        if (known.Indexes.SetEquals(IndexStatements.Names(model, model.Relation)))
        {
            return (new RefreshMaterializedView(build, old, HasUniqueColumns(model)), null);
        }

        return model.OnConfigurationChange switch
        {
            OnConfigurationChange.Fail => (
                null,
                DeploymentDiagnostics.Configuration(model.Span, model.Relation.ToString())
            ),
            OnConfigurationChange.Continue => (null, null),
            _ => (anew, null),
        };
    }

    // It reads them by their identity, also through views that are made anew with them; and no column that it reads can be dropped or
    // change its type.
    private bool ReadsReplaced(ModelNode model, IEnumerable<CutOverStep> earlier)
    {
        var above = graph.Upstream(model);
        return earlier
            .Where(step =>
                step
                    is MoveTable
                        or CreateView
                        or CreateMaterializedView
                        or MergeDelta { Build.Model.Incremental.OnSchemaChange: OnSchemaChange.SyncAllColumns }
            )
            .Any(step => above.Contains(step.Node.UniqueId));
    }

    // What REFRESH … CONCURRENTLY asks for: a unique index on columns alone.
    private static bool HasUniqueColumns(ModelNode model) =>
        model.Indexes.Any(index => index.Unique && index.Columns.All(column => Column().IsMatch(column)));

    [GeneratedRegex("""^\s*(?:[A-Za-z_][\w$]*|"[^"]+")\s*$""", RegexOptions.CultureInvariant)]
    private static partial Regex Column();
}
