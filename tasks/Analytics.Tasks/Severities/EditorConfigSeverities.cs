using System.Collections.Immutable;

namespace Analytics.Tasks.Severities;

/// <summary>
/// Finds what <c>.editorconfig</c> says about a code in a file: the files of its folder and of those above count, up to
/// the first that says <c>root = true</c>; the nearer wins. Not thread-safe: one belongs to one task.
/// </summary>
internal sealed class EditorConfigSeverities
{
    private const string FileName = ".editorconfig";

    private readonly Dictionary<string, EditorConfigFile?> byDirectory = new(StringComparer.Ordinal);

    /// <summary>The configured severity, or null where nothing is configured.</summary>
    /// <param name="code">The diagnostic's code.</param>
    /// <param name="file">Full path; a path that is not is about nothing on this machine.</param>
    public ConfiguredSeverity? Find(string code, string file)
    {
        if (!Path.IsPathFullyQualified(file))
        {
            return null;
        }

        for (
            var directory = Path.GetDirectoryName(file);
            directory is not null;
            directory = Path.GetDirectoryName(directory)
        )
        {
            if (FileOf(directory) is not { } config)
            {
                continue;
            }

            var relative = Path.GetRelativePath(directory, file).Replace('\\', '/');
            var rule = config.Rules.LastOrDefault(rule =>
                string.Equals(rule.Code, code, StringComparison.OrdinalIgnoreCase) && rule.Files.Matches(relative)
            );
            if (rule is not null)
            {
                return rule.Severity;
            }

            if (config.IsRoot)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Full paths of the files read so far, in ordinal order.</summary>
    public ImmutableArray<string> Files() =>
        [
            .. byDirectory
                .Where(pair => pair.Value is not null)
                .Select(pair => Path.Combine(pair.Key, FileName))
                .Order(StringComparer.Ordinal),
        ];

    private EditorConfigFile? FileOf(string directory)
    {
        if (!byDirectory.TryGetValue(directory, out var config))
        {
            var path = Path.Combine(directory, FileName);
            config = File.Exists(path) ? EditorConfigFile.Parse(File.ReadAllText(path)) : null;
            byDirectory.Add(directory, config);
        }

        return config;
    }
}
