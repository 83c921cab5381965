using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.PgQuery;

namespace Analytics.Compiler.Parsing;

/// <summary>A node's SQL as PostgreSQL reads it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Sql">Its SQL under final names.</param>
/// <param name="Tree">PostgreSQL's parse tree of the SQL.</param>
/// <param name="IsIncremental">Which branch of <c>is_incremental()</c> this is.</param>
public sealed record ParsedModel(GraphNode Node, RenderedSql Sql, PgSyntaxTree Tree, bool IsIncremental);
