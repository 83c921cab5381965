using System.Collections.Immutable;

namespace Analytics.Compiler.Loading.Files;

/// <summary>All that a compilation reads.</summary>
/// <param name="Root">The project that is built.</param>
/// <param name="Packages">The packages it uses, in ordinal order of their folder or package id.</param>
public sealed record ProjectInput(ProjectFileSet Root, ImmutableArray<ProjectFileSet> Packages);
