using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>Reads typed settings out of a merged config, and reports values that cannot be.</summary>
internal sealed class SettingsReader(MergedConfig config, SourceSpan node, ICollection<Diagnostic> diagnostics)
{
    public SourceSpan SpanOf(string key) => config[key]?.Span ?? node;

    public bool Has(string key) => config[key] is { Value: not null };

    public bool IsEmptyList(string key) => config[key]?.Value is PyList { Count: 0 } or PyTuple { Count: 0 };

    public string? Text(string key)
    {
        switch (config[key]?.Value)
        {
            case null:
                return null;
            case string text:
                return text;
            case var other:
                Report(key, other, "a string");
                return null;
        }
    }

    /// <summary>A string, or a number written without quotes.</summary>
    public string? Sql(string key) =>
        config[key]?.Value switch
        {
            null => null,
            string text => text,
            long or double => PyText.Str(config[key]!.Value),
            var other => ReportNull(key, other, "a string of SQL"),
        };

    /// <summary>A time as text; one that Python's <c>datetime</c> made is written as Python writes it.</summary>
    public string? Time(string key) => config[key]?.Value is { } value ? PyText.Str(value) : null;

    public bool? Flag(string key)
    {
        switch (config[key]?.Value)
        {
            case null:
                return null;
            case bool flag:
                return flag;
            case var other:
                Report(key, other, "true or false");
                return null;
        }
    }

    public long? Number(string key)
    {
        switch (config[key]?.Value)
        {
            case null:
                return null;
            case long number:
                return number;
            case var other:
                Report(key, other, "a whole number");
                return null;
        }
    }

    /// <summary>One string or a list of strings; empty when absent.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        switch (config[key]?.Value)
        {
            case null:
                return [];
            case string text:
                return [text];
            case IEnumerable<object?> list and (PyList or PyTuple):
                var texts = list.Select(item => item as string).ToList();
                if (texts.TrueForAll(text => text is not null))
                {
                    return [.. texts.Select(text => text!)];
                }

                break;
        }

        Report(key, config[key]!.Value, "a string or a list of strings");
        return [];
    }

    /// <summary>One of a few words; <paramref name="fallback"/> when absent or wrong.</summary>
    public T Choice<T>(string key, T fallback, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (config[key]?.Value is not { } value)
        {
            return fallback;
        }

        if (value is string text)
        {
            foreach (var (word, choice) in choices)
            {
                if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
                {
                    return choice;
                }
            }
        }

        var words = new List<string>();
        foreach (var (word, _) in choices)
        {
            words.Add(word);
        }

        var near = value is string wrong ? NearName.Find(wrong, words) : null;
        Report(key, value, $"one of {string.Join(", ", words)}{(near is null ? "" : $" (did you mean '{near}'?)")}");
        return fallback;
    }

    public PyDict? Mapping(string key)
    {
        switch (config[key]?.Value)
        {
            case null:
                return null;
            case PyDict dict:
                return dict;
            case var other:
                Report(key, other, "a mapping");
                return null;
        }
    }

    public void Report(string key, object? found, string expected) =>
        diagnostics.Add(
            found is Undefined { Name: { } name }
                ? ProjectDiagnostics.InvalidConfig(
                    SpanOf(key),
                    key,
                    $"the name {name}, which is undefined",
                    $"{expected} (a text needs quotes: '{name}')"
                )
                : ProjectDiagnostics.InvalidConfig(SpanOf(key), key, PyText.Repr(found), expected)
        );

    /// <summary>Reports what was found by whoever reads several settings together.</summary>
    public void Report(IEnumerable<Diagnostic> found)
    {
        foreach (var diagnostic in found)
        {
            diagnostics.Add(diagnostic);
        }
    }

    /// <summary>Reports a value that dbt has and this SDK has not.</summary>
    public void Refuse(string key, string what) =>
        diagnostics.Add(ProjectDiagnostics.UnsupportedFeature(SpanOf(key), what));

    private string? ReportNull(string key, object? found, string expected)
    {
        Report(key, found, expected);
        return null;
    }
}
