using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Parsing;

/// <summary>A node's SQL, which PostgreSQL's parser has read as one SELECT; that of an analysis or a hook may be anything.</summary>
/// <param name="Node">The node.</param>
/// <param name="Sql">Its SQL under final names.</param>
/// <param name="IsIncremental">Which branch of <c>is_incremental()</c> this is.</param>
public sealed record ParsedModel(GraphNode Node, RenderedSql Sql, bool IsIncremental);
