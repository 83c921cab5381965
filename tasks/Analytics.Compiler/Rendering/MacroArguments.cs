using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>Compares the arguments that somebody gives to a macro with those that it takes.</summary>
internal static class MacroArguments
{
    /// <summary>What is wrong, as the end of a sentence; null when nothing is.</summary>
    /// <param name="macro">The macro.</param>
    /// <param name="given">Names of the arguments.</param>
    public static string? Check(MacroDefinition macro, IEnumerable<string> given)
    {
        var names = given.ToHashSet(StringComparer.Ordinal);
        var known = macro.Parameters.Select(parameter => parameter.Name).ToList();
        if (!macro.TakesAnyName && names.Except(known).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            var near = NearName.Find(unknown, known);
            return $"it has no argument '{unknown}'"
                + (near is not null ? $"; did you mean '{near}'?" : $"; it takes {List(known)}");
        }

        return null;
    }

    private static string List(List<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
