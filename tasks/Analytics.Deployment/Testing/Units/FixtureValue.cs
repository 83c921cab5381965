using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Analytics.Deployment.Planning.Sql;
using Analytics.Jinja.Values;

namespace Analytics.Deployment.Testing.Units;

/// <summary>Writes a value of a unit test's row as SQL.</summary>
internal static partial class FixtureValue
{
    /// <summary>The value, cast to its column's type as dbt casts it.</summary>
    /// <param name="value">null, bool, long, double, string, <see cref="PyList"/> or <see cref="PyDict"/>.</param>
    /// <param name="type">The column's type; null leaves it to the server.</param>
    public static string Sql(object? value, string? type) =>
        type is null ? Constant(value, null) : $"cast({Constant(value, type)} as {Wide(type)})";

    private static string Constant(object? value, string? type) =>
        value switch
        {
            null => "null",
            string text => SqlText.Literal(text),
            PyList list when type?.EndsWith("[]", StringComparison.Ordinal) == true => SqlText.Literal(Array(list)),
            PyList or PyDict => SqlText.Literal(PyJson.DumpText(value)),
            bool flag => Bare(flag ? "true" : "false", type),
            double number when !double.IsFinite(number) => SqlText.Literal(Finite(number)),
            double number => Bare(number.ToString("R", CultureInfo.InvariantCulture), type),
            IFormattable number => Bare(number.ToString(null, CultureInfo.InvariantCulture), type),
            _ => SqlText.Literal(PyText.Str(value)),
        };

    // There is no cast from a number to JSON, but one from its text.
    private static string Bare(string text, string? type) => type is "json" or "jsonb" ? SqlText.Literal(text) : text;

    private static string Finite(double number) =>
        double.IsNaN(number) ? "NaN"
        : number > 0 ? "Infinity"
        : "-Infinity";

    // The YAML reader bounds the depth, so this may recurse.
    private static string Array(PyList list)
    {
        var text = new StringBuilder("{");
        foreach (var item in list)
        {
            text.Append(text.Length == 1 ? string.Empty : ",")
                .Append(
                    item switch
                    {
                        null => "NULL",
                        PyList inner => Array(inner),
                        bool flag => flag ? "true" : "false",
                        string word => Quoted(word),
                        PyDict dict => Quoted(PyJson.DumpText(dict)),
                        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                        _ => Quoted(PyText.Str(item)),
                    }
                );
        }

        return text.Append('}').ToString();
    }

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    // A cast to varchar(n) cuts without a word, and the test would be of another value than the one it says.
    private static string Wide(string type) => Length().Replace(type, "character varying");

    [GeneratedRegex(@"\bcharacter varying\(\d+\)", RegexOptions.CultureInvariant)]
    private static partial Regex Length();
}
