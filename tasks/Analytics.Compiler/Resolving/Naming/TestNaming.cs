using System.Security.Cryptography;
using System.Text;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Naming;

/// <summary>
/// The names dbt gives to uses of generic tests, so that artifacts, stored failures and selections keep working.
/// </summary>
internal static class TestNaming
{
    // dbt cuts where its own identifiers must fit PostgreSQL's 63 bytes.
    private const int LongestName = 64;

    /// <summary>The full name of a test and the short one that fits an identifier.</summary>
    /// <param name="testName">The test without its namespace.</param>
    /// <param name="targetName">The model's name, or <c>source_table</c> for a source's table.</param>
    /// <param name="arguments">The macro's arguments without <c>model</c>, native.</param>
    /// <param name="prefix">Empty, the package's namespace with <c>_</c>, or <c>source_</c>.</param>
    public static (string Full, string Short) Name(
        string testName,
        string targetName,
        IEnumerable<KeyValuePair<string, object?>> arguments,
        string prefix
    )
    {
        var parts = new List<string>();
        foreach (var (_, value) in arguments.OrderBy(argument => argument.Key, StringComparer.Ordinal))
        {
            Flatten(value, parts);
        }

        var cleaned = parts.Select(Clean);
        var start = $"{prefix}{testName}_{targetName}";
        var full = $"{start}_{string.Join("__", cleaned)}";
        if (full.Length < LongestName)
        {
            return (full, full);
        }

        var cut = start.Length > 30 ? start[..30] : start;
        return (full, $"{cut}_{Md5(full)}");
    }

    /// <summary>
    /// The last part of a generic test's unique id: ten hex digits of its name and metadata, the same as dbt's, because
    /// saved states and tools know tests by it.
    /// </summary>
    /// <param name="fullName">The test's full name.</param>
    /// <param name="metadata">What <see cref="TestMetadata.Of"/> gives.</param>
    public static string Hash(string fullName, PyDict metadata) =>
        Md5(fullName + PyText.Repr(Hashable(metadata)))[^10..];

    // Keys sorted, every scalar as Python's str() of it. The depth is that of YAML, which is bounded.
    private static object Hashable(object? value) =>
        value switch
        {
            PyDict dict => new PyDict(
                dict.OrderBy(pair => PyText.Str(pair.Key), StringComparer.Ordinal)
                    .Select(pair => KeyValuePair.Create(pair.Key, (object?)Hashable(pair.Value)))
            ),
            PyList list => new PyList(list.Select(Hashable)),
            _ => PyText.Str(value),
        };

    private static void Flatten(object? value, List<string> parts)
    {
        switch (value)
        {
            case PyDict dict:
                parts.AddRange(dict.Values.Select(PyText.Str));
                break;
            case PyList list:
                parts.AddRange(list.Select(PyText.Str));
                break;
            default:
                parts.Add(PyText.Str(value));
                break;
        }
    }

    private static string Clean(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        var replaced = false;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_')
            {
                cleaned.Append(c);
                replaced = false;
            }
            else if (!replaced)
            {
                cleaned.Append('_');
                replaced = true;
            }
        }

        return cleaned.ToString();
    }

    private static string Md5(string text)
    {
        // The rule is dbt's: the hash names a table, it guards nothing.
        var hash = MD5.HashData(Encoding.UTF8.GetBytes(text));
        return Convert.ToHexStringLower(hash);
    }
}
