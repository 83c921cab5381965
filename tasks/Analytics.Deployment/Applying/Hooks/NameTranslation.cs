using System.Text;
using Analytics.Compiler.Resolving;

namespace Analytics.Deployment.Applying.Hooks;

/// <summary>
/// Writes the staged names of relations in the place of their final ones. Hooks are rendered with final names, so that a text such as
/// <c>{{ this.schema }}</c> means what its author thinks; but until the cut-over what they are to work on is elsewhere.
/// </summary>
/// <param name="staged">Where relations are now, by their final names.</param>
internal sealed class NameTranslation(IReadOnlyDictionary<RelationName, RelationName> staged)
{
    private readonly Dictionary<(string Schema, string Identifier), RelationName> byPlace = staged.ToDictionary(
        entry => (entry.Key.Schema, entry.Key.Identifier),
        entry => entry.Value
    );
    private readonly HashSet<string> databases = [.. staged.Keys.Select(name => name.Database)];

    /// <summary>Everything has its final name.</summary>
    public static NameTranslation None { get; } = new(new Dictionary<RelationName, RelationName>());

    /// <summary>Where a relation is now; its own name when it is not staged.</summary>
    public (string Schema, string Identifier) Of(string schema, string identifier) =>
        byPlace.TryGetValue((schema, identifier), out var name) ? (name.Schema, name.Identifier) : (schema, identifier);

    /// <summary>
    /// The same SQL on the staged relations. Only names with a schema are looked at, quoted or not; what stands in a string, a comment or
    /// a dollar-quoted body is left as it is.
    /// </summary>
    public string Of(string sql)
    {
        if (byPlace.Count == 0)
        {
            return sql;
        }

        var text = new StringBuilder(sql.Length + 64);
        var at = 0;
        while (at < sql.Length)
        {
            var end = SqlScanner.SkipOpaque(sql, at);
            if (end > at)
            {
                text.Append(sql, at, end - at);
                at = end;
            }
            else if (SqlScanner.ReadName(sql, at) is { Parts.Count: > 0 } name)
            {
                at = Append(text, sql, at, name);
            }
            else
            {
                text.Append(sql[at++]);
            }
        }

        return text.ToString();
    }

    // A column may follow the relation: schema.relation.column.
    private int Append(StringBuilder text, string sql, int at, DottedName name)
    {
        var first = name.Parts.Count > 2 && databases.Contains(name.Parts[0].Text) ? 1 : 0;
        if (
            name.Parts.Count > first + 1
            && byPlace.TryGetValue((name.Parts[first].Text, name.Parts[first + 1].Text), out var now)
        )
        {
            text.Append(RelationName.Quote(now.Schema)).Append('.').Append(RelationName.Quote(now.Identifier));
            at = name.Parts[first + 1].End;
        }

        text.Append(sql, at, name.End - at);
        return name.End;
    }
}
