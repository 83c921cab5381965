using Analytics.Text;

namespace Analytics.Compiler.Rendering.UnitTesting;

/// <summary>The query that stands in place of one input while the model of a unit test is rendered.</summary>
/// <param name="Node">Unique id of the node it stands in place of; null for <c>this</c>.</param>
/// <param name="Sql">The query.</param>
/// <param name="IsTemplate">Whether an author wrote it, who may use Jinja in it; what is made of values is taken as it is.</param>
/// <param name="Place">Where what is wrong in it is reported.</param>
public sealed record UnitTestInputSql(string? Node, string Sql, bool IsTemplate, SourceSpan Place);
