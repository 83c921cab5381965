namespace Analytics.Tasks.Logging;

/// <summary>The pages that explain the codes, packed with the SDK: a link to one works without a network.</summary>
/// <param name="directory">Their folder; empty for none.</param>
internal sealed class DiagnosticPages(string directory)
{
    /// <summary>A <c>file:</c> address of the code's page, or null when there is none.</summary>
    public string? LinkTo(string code)
    {
        if (directory.Length == 0)
        {
            return null;
        }

        var path = Path.GetFullPath(Path.Combine(directory, code + ".md"));
        return File.Exists(path) ? new Uri(path).AbsoluteUri : null;
    }
}
