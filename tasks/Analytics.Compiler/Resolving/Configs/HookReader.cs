using System.Collections.Immutable;
using System.Text.Json;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>
/// Reads <c>pre-hook</c> and <c>post-hook</c>: a text, a mapping with <c>sql</c> and <c>transaction</c>, or a list of these. A text may
/// itself be such a mapping in JSON: that is what <c>before_begin()</c> and <c>after_commit()</c> give.
/// </summary>
internal static class HookReader
{
    private const string Expected = "SQL, a mapping with 'sql' and optionally 'transaction', or a list of these";

    /// <summary>What runs before a model: its <c>pre-hook</c>s, and then its <c>sql_header</c>, which stands before the statement itself.</summary>
    public static ImmutableArray<NodeHook> ReadBefore(MergedConfig config, SettingsReader reader)
    {
        var hooks = Read("pre-hook", config, reader);
        return reader.Text("sql_header") is { } header && !string.IsNullOrWhiteSpace(header)
            ? hooks.Add(new NodeHook(header, true, reader.SpanOf("sql_header")) { IsHeader = true })
            : hooks;
    }

    public static ImmutableArray<NodeHook> Read(string key, MergedConfig config, SettingsReader reader)
    {
        if (config[key] is not { Value: { } value } entry)
        {
            return [];
        }

        var hooks = ImmutableArray.CreateBuilder<NodeHook>();
        foreach (var item in value is PyList list ? list : [value])
        {
            if (Read(item) is var (sql, inTransaction))
            {
                hooks.Add(new NodeHook(sql, inTransaction, entry.Span));
            }
            else
            {
                reader.Report(key, item, Expected);
            }
        }

        return hooks.ToImmutable();
    }

    private static (string Sql, bool InTransaction)? Read(object? item) =>
        item switch
        {
            string text => FromJson(text) ?? (text, true),
            PyDict dict => FromMapping(dict),
            _ => null,
        };

    private static (string Sql, bool InTransaction)? FromMapping(PyDict dict)
    {
        dict.TryGet("sql", out var sql);
        var inTransaction = !dict.TryGet("transaction", out var transaction) || transaction is null or true;
        return sql is string text && transaction is (null or bool) ? (text, inTransaction) : null;
    }

    private static (string Sql, bool InTransaction)? FromJson(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{"))
        {
            return null;
        }

        try
        {
            return PyJson.LoadText(text) is PyDict dict ? FromMapping(dict) : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            // A template may begin with a brace as well.
            return null;
        }
    }
}
