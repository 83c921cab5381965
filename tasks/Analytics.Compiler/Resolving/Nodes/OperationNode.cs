using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>A hook of a whole run. The renderer renders it as it does a model; what it gives may be any SQL, or none.</summary>
/// <param name="When">Before or after everything.</param>
/// <param name="Index">Its place in the list of its project, from zero.</param>
/// <param name="Sql">The template as written.</param>
/// <param name="UniqueId">See <see cref="GraphNode"/>.</param>
/// <param name="Name">See <see cref="GraphNode"/>.</param>
/// <param name="Package">See <see cref="GraphNode"/>.</param>
/// <param name="Fqn">See <see cref="GraphNode"/>.</param>
/// <param name="Span">See <see cref="GraphNode"/>.</param>
/// <param name="Config">See <see cref="GraphNode"/>.</param>
/// <param name="DependsOn">See <see cref="GraphNode"/>.</param>
/// <param name="Description">See <see cref="GraphNode"/>.</param>
public sealed record OperationNode(
    RunHook When,
    int Index,
    string Sql,
    string UniqueId,
    string Name,
    string Package,
    ImmutableArray<string> Fqn,
    SourceSpan Span,
    NodeConfig Config,
    ImmutableArray<string> DependsOn,
    string Description
) : GraphNode(UniqueId, Name, Package, Fqn, Span, Config, DependsOn, Description)
{
    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Operation;
}

/// <summary>When a hook of a whole run is due.</summary>
public enum RunHook
{
    /// <summary><c>on-run-start</c>.</summary>
    Start,

    /// <summary><c>on-run-end</c>.</summary>
    End,
}
