using System.Security.Cryptography;
using System.Text;
using Analytics.Compiler.Resolving;

namespace Analytics.Deployment.Planning;

/// <summary>Where relations are built before anybody sees them: a schema beside each final one.</summary>
internal static class StagingNames
{
    /// <summary>PostgreSQL cuts names after this many bytes of UTF-8 (NAMEDATALEN - 1).</summary>
    public const int MaxNameBytes = 63;

    private const string SchemaSuffix = "__next";
    private const string DeltaSuffix = "__delta";
    private const string SourceSuffix = "__source";

    /// <summary>The staging schema of a final schema.</summary>
    public static string Schema(string schema) => WithSuffix(schema, SchemaSuffix);

    /// <summary>The relation under its own identifier in the staging schema, so that its indexes get their final names.</summary>
    public static RelationName Relation(RelationName final) => final with { Schema = Schema(final.Schema) };

    /// <summary>The table of new and changed rows of an incremental model or a snapshot.</summary>
    /// <param name="final">The table that will take the rows.</param>
    /// <param name="taken">Identifiers that the same staging schema already holds.</param>
    public static RelationName Delta(RelationName final, IReadOnlySet<RelationName> taken) =>
        Free(final, DeltaSuffix, taken);

    /// <summary>The result of a snapshot's query, kept while its changes are worked out.</summary>
    /// <param name="final">The snapshot's table.</param>
    /// <param name="taken">Identifiers that the same staging schema already holds.</param>
    public static RelationName Source(RelationName final, IReadOnlySet<RelationName> taken) =>
        Free(final, SourceSuffix, taken);

    /// <summary>The name with a suffix; a name that would be too long is cut and told apart by a hash of the whole.</summary>
    public static string WithSuffix(string name, string suffix)
    {
        if (Encoding.UTF8.GetByteCount(name) + suffix.Length <= MaxNameBytes)
        {
            return name + suffix;
        }

        var hash = "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4));
        var room = MaxNameBytes - suffix.Length - hash.Length;
        var kept = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.Append(hash).Append(suffix).ToString();
    }

    private static RelationName Free(RelationName final, string suffix, IReadOnlySet<RelationName> taken)
    {
        var name = Relation(final) with { Identifier = WithSuffix(final.Identifier, suffix) };
        while (taken.Contains(name))
        {
            name = name with { Identifier = WithSuffix(name.Identifier, suffix) };
        }

        return name;
    }
}
