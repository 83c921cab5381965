using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Applying;

/// <summary>
/// Schemas that a publish makes for its relations before it has any. Until it has cut over a comment says so: what a killed one left is
/// missing still for the next, which drops it if it is red as well.
/// </summary>
/// <param name="project">The project's name.</param>
/// <param name="schema">The target's schema.</param>
internal sealed class NewSchemas(string project, string schema)
{
    /// <summary>The comment; another project or target that shares a schema has another one.</summary>
    public string Mark => $"made by a first publish of {project} to {schema}, which has not ended";

    /// <summary>The statements that make and mark one that is missing.</summary>
    public IEnumerable<Statement> Create(string name)
    {
        yield return new Statement($"create schema if not exists {RelationName.Quote(name)}");
        yield return new Statement($"comment on schema {RelationName.Quote(name)} is {SqlText.Literal(Mark)}");
    }

    /// <summary>The statement that makes one a schema like any other.</summary>
    public static Statement Keep(string name) => new($"comment on schema {RelationName.Quote(name)} is null");
}
