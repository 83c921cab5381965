namespace Analytics.Deployment.Planning.Selection.Matching;

/// <summary>
/// The patterns of <c>path:</c>, as Python's <c>Path.glob</c> reads them: a star stays within one folder, <c>**</c> is any number of folders.
/// A pattern that fits a folder means everything below it.
/// </summary>
internal sealed class PathPattern(string pattern)
{
    private readonly string[] segments =
    [
        .. pattern
            .Replace('\\', '/')
            .Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(segment => segment != "."),
    ];

    /// <summary>Whether it fits the path or a folder above it.</summary>
    /// <param name="path">A path with slashes.</param>
    public bool Fits(string path)
    {
        // reached[i]: the first i segments of the pattern can stand for the folders so far.
        var reached = new bool[segments.Length + 1];
        reached[0] = true;
        SkipStars(reached);
        foreach (var folder in path.Split('/'))
        {
            for (var i = segments.Length; i > 0; i--)
            {
                reached[i] =
                    (reached[i] && segments[i - 1] == "**") || (reached[i - 1] && Glob.Fits(segments[i - 1], folder));
            }

            reached[0] = false;
            SkipStars(reached);
            if (reached[^1])
            {
                return true;
            }
        }

        return false;
    }

    private void SkipStars(bool[] reached)
    {
        for (var i = 0; i < segments.Length; i++)
        {
            reached[i + 1] |= reached[i] && segments[i] == "**";
        }
    }
}
