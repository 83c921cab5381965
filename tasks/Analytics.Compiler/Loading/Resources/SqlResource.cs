using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>A template that becomes SQL: a model, a snapshot block, a singular test or an analysis.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Package">The name of the project or package it belongs to.</param>
/// <param name="Name">The file's stem, or the block's name for a snapshot.</param>
/// <param name="Body">The template: the whole file, or the inside of the snapshot block.</param>
/// <param name="NameSpan">Where a diagnostic on the whole resource points: the block's name, or the file's first character.</param>
/// <param name="RelativePath">Path below the resource folder, for example <c>staging/stg_orders.sql</c>.</param>
/// <param name="Fqn">Package, folders below the resource folder, name (a snapshot in a block: package, folders, file stem, name).</param>
public sealed record SqlResource(
    ResourceKind Kind,
    string Package,
    string Name,
    SourceSpan Body,
    SourceSpan NameSpan,
    string RelativePath,
    ImmutableArray<string> Fqn
)
{
    /// <summary>The file it is in.</summary>
    public SourceFile File => Body.File;
}
