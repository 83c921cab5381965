using System.Collections.Immutable;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>A node whose references are names still.</summary>
/// <param name="Node">The node without its dependencies.</param>
/// <param name="Template">What it renders; null for what has no template.</param>
/// <param name="Refs">Calls of <c>ref</c>.</param>
/// <param name="Sources">Calls of <c>source</c>.</param>
/// <param name="DependsOn">Ids that are known already: what a test is attached to.</param>
internal sealed record DraftNode(
    GraphNode Node,
    Template? Template,
    ImmutableArray<RefCall> Refs,
    ImmutableArray<SourceCall> Sources,
    ImmutableArray<string> DependsOn
)
{
    /// <summary>Calls of <c>function</c>.</summary>
    public ImmutableArray<FunctionCall> Functions { get; init; } = [];

    /// <summary>False for what the project has switched off: it is described in the manifest, and nothing can refer to it.</summary>
    public bool IsEnabled { get; init; } = true;
}
