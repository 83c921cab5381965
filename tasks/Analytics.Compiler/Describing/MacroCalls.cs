using System.Text.RegularExpressions;

namespace Analytics.Compiler.Describing;

/// <summary>
/// Finds the macros that a template names, without rendering it: dbt lists them all, also those of a branch that is not
/// taken. A name in a comment counts too; that costs a comparison of states a rebuild and nothing else.
/// </summary>
internal static partial class MacroCalls
{
    /// <summary>The calls in a template.</summary>
    /// <param name="template">Its text.</param>
    /// <returns>
    /// Names as they are called, <c>package.name</c> or <c>name</c>, and those that <c>adapter.dispatch</c> is asked for, with
    /// their namespace.
    /// </returns>
    public static IEnumerable<MacroCallName> In(string template)
    {
        foreach (var tag in Tags(template))
        {
            foreach (Match call in Call().Matches(tag))
            {
                var package = call.Groups["package"];
                yield return new MacroCallName(
                    package.Success ? package.Value : null,
                    call.Groups["name"].Value,
                    false
                );
            }

            foreach (Match call in Dispatch().Matches(tag))
            {
                var package = call.Groups["namespace"];
                yield return new MacroCallName(package.Success ? package.Value : null, call.Groups["name"].Value, true);
            }
        }
    }

    // The insides of tags. A closing mark in a string ends the tag too early, and what follows is looked at no more.
    private static IEnumerable<string> Tags(string template)
    {
        var position = 0;
        while (position < template.Length - 1)
        {
            var open = template.IndexOf('{', position);
            if (open < 0 || open == template.Length - 1)
            {
                yield break;
            }

            var close = template[open + 1] switch
            {
                '{' => "}}",
                '%' => "%}",
                _ => null,
            };
            if (close is null)
            {
                position = open + 1;
                continue;
            }

            var end = template.IndexOf(close, open + 2, StringComparison.Ordinal);
            end = end < 0 ? template.Length : end;
            yield return template[(open + 2)..end];
            position = end;
        }
    }

    [GeneratedRegex(
        @"(?<![\w.'""])(?:(?<package>[A-Za-z_]\w*)\.)?(?<name>[A-Za-z_]\w*)\s*\(",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Call();

    [GeneratedRegex(
        @"\badapter\.dispatch\(\s*(?:macro_name\s*=\s*)?['""](?<name>\w+)['""](?:\s*,\s*(?:macro_namespace\s*=\s*)?['""](?<namespace>\w+)['""])?",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Dispatch();
}

/// <summary>A macro as a template names it.</summary>
/// <param name="Package">The package before the dot, or the namespace of a dispatch; null without one.</param>
/// <param name="Name">The macro's name.</param>
/// <param name="IsDispatched">Whether <c>adapter.dispatch</c> looks for it.</param>
internal sealed record MacroCallName(string? Package, string Name, bool IsDispatched);
