using System.Collections.Immutable;
using Analytics.Compiler.Describing;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;

namespace Analytics.Compiler;

/// <summary>A project bound to a target: its graph, and what renders its nodes.</summary>
/// <param name="Source">The files it was made of.</param>
/// <param name="Graph">Every enabled node.</param>
/// <param name="Description">Its resources as dbt's manifest describes them.</param>
/// <param name="Renderer">Renders nodes of the graph.</param>
/// <param name="Target">The target it is bound to.</param>
public sealed record CompiledProject(
    ProjectSource Source,
    ModelGraph Graph,
    ProjectDescription Description,
    INodeRenderer Renderer,
    TargetProfile Target
)
{
    /// <summary>The selector of <c>selectors.yml</c> that counts where nobody selects anything; null for none.</summary>
    public string? DefaultSelector { get; init; }
}

/// <summary>What a compilation gave.</summary>
/// <param name="Project">Null when there is an error among the diagnostics.</param>
/// <param name="Diagnostics">Sorted by file, place and code.</param>
public sealed record CompileResult(CompiledProject? Project, ImmutableArray<Diagnostic> Diagnostics);
