using System.Text;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>What a project may be called: it is a namespace in templates.</summary>
internal static class ProjectName
{
    /// <summary>The rule, for messages.</summary>
    public const string Rule = "it must be letters, digits and underscores, and not begin with a digit";

    public static bool IsValid(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => c == '_' || char.IsLetterOrDigit(c));

    /// <summary>The nearest valid name: other characters become underscores; <c>project</c> when nothing is left.</summary>
    public static string Sanitize(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            name.Append(c == '_' || char.IsLetterOrDigit(c) ? c : '_');
        }

        if (name.Length == 0)
        {
            return "project";
        }

        return char.IsAsciiDigit(name[0]) ? $"_{name}" : name.ToString();
    }
}
