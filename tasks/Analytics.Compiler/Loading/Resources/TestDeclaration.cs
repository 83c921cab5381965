using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>One use of a generic test in YAML.</summary>
/// <param name="Namespace">The package before the dot in <c>dbt_utils.accepted_range</c>; null without one.</param>
/// <param name="TestName">The test's name without the namespace.</param>
/// <param name="NameSpan">The name with its namespace, as written.</param>
/// <param name="Column">The column it stands under, in quotes when the column says so; null for a test of the whole relation.</param>
/// <param name="Arguments">Inline arguments and those under <c>arguments:</c> in one mapping; config keys are not among them.</param>
/// <param name="Config">
/// The <c>config:</c> mapping merged with the config keys written beside the arguments (severity, where, limit, …); null
/// when there are none.
/// </param>
/// <param name="CustomName">The <c>name:</c> key; null when absent.</param>
/// <param name="Description">As written, may hold templates; null when absent.</param>
public sealed record TestDeclaration(
    string? Namespace,
    string TestName,
    SourceSpan NameSpan,
    string? Column,
    YamlMapping Arguments,
    YamlMapping? Config,
    string? CustomName,
    YamlScalar? Description
);
