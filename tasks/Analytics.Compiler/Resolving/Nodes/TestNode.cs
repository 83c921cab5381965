using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>A data test.</summary>
/// <param name="Settings">What counts as a failure and how bad it is.</param>
/// <param name="Generic">The generic test it is a use of; null for a singular test.</param>
/// <param name="Singular">Its template; null for a generic test.</param>
/// <param name="UniqueId">See <see cref="GraphNode"/>.</param>
/// <param name="Name">See <see cref="GraphNode"/>.</param>
/// <param name="Package">See <see cref="GraphNode"/>.</param>
/// <param name="Fqn">See <see cref="GraphNode"/>.</param>
/// <param name="Span">See <see cref="GraphNode"/>.</param>
/// <param name="Config">See <see cref="GraphNode"/>.</param>
/// <param name="DependsOn">See <see cref="GraphNode"/>.</param>
/// <param name="Description">See <see cref="GraphNode"/>.</param>
public sealed record TestNode(
    TestSettings Settings,
    GenericTestUse? Generic,
    SqlResource? Singular,
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
    /// <summary>
    /// A name that fits PostgreSQL's 63 bytes: the alias where the config has none. The same as the name unless that is long.
    /// </summary>
    public required string ShortName { get; init; }

    /// <summary>
    /// Where its failing rows are kept: by default in a schema of the target's with the suffix <c>dbt_test__audit</c>. Null
    /// unless the config asks for it.
    /// </summary>
    public RelationName? FailingRows { get; init; }

    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Test;
}

/// <summary>A generic test applied to a relation or a column of it.</summary>
/// <param name="Declaration">The entry in YAML.</param>
/// <param name="AttachedNode">Unique id of the model, seed, snapshot or source that is tested.</param>
/// <param name="Column">The column under test; null for a test of the whole relation.</param>
/// <param name="Macro">The macro that writes the SQL, for example <c>test_not_null</c> of package <c>dbt</c>.</param>
/// <param name="Arguments">
/// The declared arguments by name in the order of the file, native, templates not rendered; <c>model</c> and
/// <c>column_name</c> are not among them.
/// </param>
public sealed record GenericTestUse(
    TestDeclaration Declaration,
    string AttachedNode,
    string? Column,
    MacroReference Macro,
    ImmutableArray<KeyValuePair<string, object?>> Arguments
)
{
    /// <summary>The tested relation as a template writes it: <c>ref('orders')</c>.</summary>
    public required string Target { get; init; }
}

/// <summary>The full name of a macro.</summary>
/// <param name="Package">The package it is of; <c>dbt</c> for the built-in ones.</param>
/// <param name="Name">Its name.</param>
public sealed record MacroReference(string Package, string Name);
