using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Naming;

/// <summary>What is known of a node before its relation has a name.</summary>
/// <param name="Kind">What kind of resource it is.</param>
/// <param name="UniqueId">dbt's id.</param>
/// <param name="Name">The name people use.</param>
/// <param name="Package">The project or package it belongs to.</param>
/// <param name="Fqn">Package, folders, name.</param>
/// <param name="Path">Path below its resource folder.</param>
/// <param name="File">The file it is in.</param>
/// <param name="Span">Where a diagnostic on the whole node points.</param>
/// <param name="Version">The version of a model; null without.</param>
internal sealed record UnnamedNode(
    ResourceKind Kind,
    string UniqueId,
    string Name,
    string Package,
    ImmutableArray<string> Fqn,
    string Path,
    SourceFile File,
    SourceSpan Span,
    object? Version
);
