using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Analytics.PgQuery;

namespace Analytics.Compiler.Parsing;

/// <summary>
/// The SQL texts that PostgreSQL's parser is known to read as one SELECT, so that a build in which one model has changed
/// parses one model. What a build gives does not depend on it. Immutable.
/// </summary>
public sealed class ParseCache
{
    // Both assemblies are built deterministically: the same sources give the same ids on every machine.
    private static readonly string Version =
        $"{typeof(ParseCache).Module.ModuleVersionId:N} {typeof(PgParser).Module.ModuleVersionId:N}";

    private readonly HashSet<string> known;

    private ParseCache(HashSet<string> known) => this.known = known;

    /// <summary>Nothing is known.</summary>
    public static ParseCache Empty { get; } = new([]);

    /// <summary>How many texts are known.</summary>
    public int Count => known.Count;

    /// <summary>Reads what <see cref="Lines"/> gave to an earlier build.</summary>
    /// <param name="lines">Lines of any origin: those of another version of this SDK count for nothing.</param>
    public static ParseCache Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        using var line = lines.GetEnumerator();
        if (!line.MoveNext() || line.Current != Version)
        {
            return Empty;
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        while (line.MoveNext())
        {
            known.Add(line.Current);
        }

        return new ParseCache(known);
    }

    /// <summary>The lines to keep for the next build, in an order that depends on the content only.</summary>
    public IEnumerable<string> Lines() => known.Order(StringComparer.Ordinal).Prepend(Version);

    internal static ParseCache Of(IEnumerable<string> keys) => new(keys.ToHashSet(StringComparer.Ordinal));

    /// <summary>The name of a text in the cache: half of its SHA-256, which is more than chance or malice can meet.</summary>
    internal static string KeyOf(string sql) =>
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(sql.AsSpan())).AsSpan(0, 16));

    internal bool Knows(string key) => known.Contains(key);
}
