using Analytics.Jinja.Blocks;
using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>
/// Cuts a file into its top-level blocks without parsing what is inside them, as dbt does: comments, <c>raw</c> and
/// quoted texts inside tags are skipped, text between blocks is dropped, and a block may stand neither inside another one
/// nor inside <c>if</c> or <c>for</c>.
/// </summary>
public static class BlockScanner
{
    /// <summary>Scans a file.</summary>
    /// <param name="file">A file of macros, snapshots or docs.</param>
    /// <param name="kinds">The kinds to look for; tags of the other kinds count as other tags.</param>
    public static BlockScan Scan(SourceFile file, BlockKinds kinds = BlockKinds.All)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new BlockCollector(file, kinds).Collect();
    }
}
