using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>A macro, generic test or materialization.</summary>
/// <param name="Package">The name of the project or package it belongs to.</param>
/// <param name="Name">
/// The name it is called by: a generic test <c>x</c> is <c>test_x</c>, a materialization <c>m</c> is
/// <c>materialization_m_default</c> or <c>materialization_m_postgres</c>.
/// </param>
/// <param name="Definition">The parsed block.</param>
/// <param name="NameSpan">The name in the file.</param>
/// <param name="Block">The whole block.</param>
public sealed record MacroResource(
    string Package,
    string Name,
    MacroDefinition Definition,
    SourceSpan NameSpan,
    SourceSpan Block
);
