using System.Collections;
using Analytics.Jinja.Values;

namespace Analytics.Deployment.Planning.Selection.Matching;

/// <summary>
/// The method <c>config.a.b</c>: a list holds the value, a mapping has it as a key, anything else is the value. Booleans are compared
/// without case, as is the severity of tests.
/// </summary>
internal sealed class ConfigPattern(IReadOnlyList<string> keys, string value)
{
    private readonly bool ignoresCase = keys is ["severity"];

    /// <summary>Whether a config as dbt's manifest describes it fits.</summary>
    public bool Fits(PyDict config)
    {
        object? current = config;
        foreach (var key in keys)
        {
            if (current is not PyDict dict || !dict.TryGet(key, out current))
            {
                return false;
            }
        }

        return current switch
        {
            string text => IsValue(text),
            PyDict dict => dict.Any(pair => IsValue(pair.Key)),
            IEnumerable list => list.Cast<object?>().Any(IsValue),
            _ => IsValue(current),
        };
    }

    private bool IsValue(object? found) =>
        found switch
        {
            null => false,
            bool flag => string.Equals(value, flag ? "true" : "false", StringComparison.OrdinalIgnoreCase),
            string text when ignoresCase => string.Equals(value, text, StringComparison.OrdinalIgnoreCase),
            string text => Glob.Fits(value, text),
            _ => PyText.Str(found) == value,
        };
}
