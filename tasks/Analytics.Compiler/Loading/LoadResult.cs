using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;

namespace Analytics.Compiler.Loading;

/// <summary>What loading gave.</summary>
/// <param name="Source">
/// All that could be read, also when there are errors; null when the project's own <c>dbt_project.yml</c> cannot be used.
/// </param>
/// <param name="Diagnostics">The project's first, then each package's; by file and then by place.</param>
public sealed record LoadResult(ProjectSource? Source, ImmutableArray<Diagnostic> Diagnostics);
