using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Analytics.Tasks.Logging;
using Microsoft.Build.Framework;

namespace Analytics.Tasks.State;

/// <summary>
/// What one build tells the next: a props file below <c>obj</c> that Build.targets imports, so that a build with nothing
/// to do can say the warnings again and see a changed environment variable.
/// </summary>
/// <param name="Warnings">The warnings that were logged, in their order.</param>
/// <param name="Environment">The variables that were read, and their values; a null value is an unset variable.</param>
/// <param name="EditorConfigFiles">Full paths of the <c>.editorconfig</c> files that were read.</param>
/// <param name="PackageFolders">Full paths of folders of packages that only the project's YAML names.</param>
internal sealed record BuildState(
    ImmutableArray<RecordedDiagnostic> Warnings,
    ImmutableArray<KeyValuePair<string, string?>> Environment,
    ImmutableArray<string> EditorConfigFiles,
    ImmutableArray<string> PackageFolders
)
{
    private static readonly char[] MsBuildSyntax = ['%', '$', '@', ';', '\'', '(', ')', '*', '?'];

    /// <summary>Writes the file, its folder too.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        var items = new XElement("ItemGroup");
        foreach (var warning in Warnings)
        {
            items.Add(
                new XElement(
                    "_AnalyticsRecordedDiagnostic",
                    // An item needs an identity; equal ones are not merged, so the code will do.
                    new XAttribute("Include", warning.Code),
                    warning.ToMetadata().Select(pair => new XElement(pair.Key, Escape(pair.Value)))
                )
            );
        }

        foreach (var (name, value) in Environment)
        {
            items.Add(
                new XElement(
                    "_AnalyticsEnvironmentVariable",
                    new XAttribute("Include", Escape(name)),
                    new XElement("Recorded", StableHash(value))
                )
            );
        }

        foreach (var file in EditorConfigFiles)
        {
            items.Add(new XElement("_AnalyticsEditorConfigFile", new XAttribute("Include", Escape(file))));
        }

        foreach (var folder in PackageFolders)
        {
            items.Add(new XElement("_AnalyticsPackageFolder", new XAttribute("Include", Escape(folder))));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, new XElement("Project", items).ToString());
    }

    /// <summary>Reads a warning back from the item that the file became.</summary>
    public static RecordedDiagnostic Read(ITaskItem item) =>
        RecordedDiagnostic.FromMetadata(item.ItemSpec, item.GetMetadata);

    /// <summary>The same text as MSBuild's <c>StableStringHash</c> with <c>Sha256</c>; unset counts as empty.</summary>
    internal static string StableHash(string? value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value ?? string.Empty)));

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (Array.IndexOf(MsBuildSyntax, character) >= 0)
            {
                escaped
                    .Append('%')
                    .Append(((int)character).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }
}
