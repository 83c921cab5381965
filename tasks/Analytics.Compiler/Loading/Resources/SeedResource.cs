using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>A CSV file. Its rows are read by <c>Loading.Seeds.SeedReader</c> when its config is known.</summary>
/// <param name="Package">The name of the project or package it belongs to.</param>
/// <param name="Name">The file's stem.</param>
/// <param name="File">The text of the file.</param>
/// <param name="RelativePath">Path below the seed folder.</param>
/// <param name="Fqn">Package, folders below the seed folder, name.</param>
public sealed record SeedResource(
    string Package,
    string Name,
    SourceFile File,
    string RelativePath,
    ImmutableArray<string> Fqn
);
