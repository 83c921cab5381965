using System.Collections.Immutable;

namespace Analytics.Compiler.Loading.Files;

/// <summary>
/// The files of one project or package, wherever they come from: a folder at build, the artifact at publish. Loading
/// reads nothing else, so that a publish needs the artifact and not the working tree.
/// </summary>
/// <param name="Files">Sorted by path, ordinally.</param>
/// <param name="Directory">The folder on this machine, for display in diagnostics; null for an artifact's files.</param>
/// <param name="NameHint">The name used where <c>dbt_project.yml</c> is absent or names none.</param>
public sealed record ProjectFileSet(ImmutableArray<ProjectFile> Files, string? Directory, string NameHint);
