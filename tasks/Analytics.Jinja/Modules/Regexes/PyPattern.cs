using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Regexes;

/// <summary>A compiled regular expression. A match may take a second: a template must not hang a build.</summary>
internal sealed class PyPattern : IPyObject
{
    public const long IgnoreCase = 2;
    public const long MultiLine = 8;
    public const long DotAll = 16;
    public const long Verbose = 64;
    public const long Ascii = 256;

    private const int MaxCached = 512;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<(string, long), PyPattern> Cache = new();

    private static readonly FrozenDictionary<string, BuiltIn> Methods = RegexModule
        .Functions.Where(f => f.Key != "compile")
        .ToFrozenDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    private readonly string pattern;
    private readonly long flags;

    private PyPattern(string pattern, long flags)
    {
        this.pattern = pattern;
        this.flags = flags;
        var translator = new RegexTranslator(pattern);
        var options = RegexOptions.CultureInvariant;
        options |= (flags & IgnoreCase) != 0 ? RegexOptions.IgnoreCase : 0;
        options |= (flags & MultiLine) != 0 ? RegexOptions.Multiline : 0;
        options |= (flags & DotAll) != 0 ? RegexOptions.Singleline : 0;
        options |= (flags & Verbose) != 0 ? RegexOptions.IgnorePatternWhitespace : 0;
        try
        {
            // The line break ends a comment of a verbose pattern.
            var translated = translator.Translate();
            Regex = new Regex(translated, options, Timeout);
            AtStart = new Regex($"\\A(?:{translated}{((flags & Verbose) != 0 ? "\n" : "")})", options, Timeout);
            Whole = new Regex($"\\A(?:{translated}{((flags & Verbose) != 0 ? "\n" : "")})\\z", options, Timeout);
        }
        catch (ArgumentException exception)
        {
            throw PyError.Value($"Invalid regular expression {PyText.Repr(pattern)}: {exception.Message}");
        }

        Names = translator.Names;
        GroupCount = translator.GroupCount;
    }

    public Regex Regex { get; }

    /// <summary>The pattern at the start of a text.</summary>
    public Regex AtStart { get; }

    /// <summary>The pattern for a text from start to end.</summary>
    public Regex Whole { get; }

    /// <summary>Group numbers by name.</summary>
    public IReadOnlyDictionary<string, int> Names { get; }

    public int GroupCount { get; }

    public string TypeName => "re.Pattern";

    public static PyPattern Of(object? pattern, long flags)
    {
        switch (pattern)
        {
            case PyPattern compiled:
                return compiled;
            case Undefined undefined:
                throw undefined.Error();
            case not string:
                throw PyError.Type("first argument must be string or compiled pattern");
        }

        var key = ((string)pattern, flags);
        if (Cache.TryGetValue(key, out var known))
        {
            return known;
        }

        if (Cache.Count >= MaxCached)
        {
            Cache.Clear();
        }

        return Cache[key] = new PyPattern((string)pattern, flags);
    }

    /// <summary>Runs a match; one that takes too long is an error of kind Limit.</summary>
    public T Bounded<T>(Func<Regex, T> match)
    {
        try
        {
            return match(Regex);
        }
        catch (RegexMatchTimeoutException)
        {
            throw PyError.Limit(
                $"The regular expression {PyText.Repr(pattern)} took longer than {Timeout.TotalSeconds} s"
            );
        }
    }

    public string Repr() => $"re.compile({PyText.Repr(pattern)})";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "pattern" => pattern,
            "flags" => Boxes.Of(flags),
            "groups" => Boxes.Of(GroupCount),
            _ => Methods.TryGetValue(name, out var method) ? new BoundMethod(method, this) : null,
        };
        return value is not null;
    }
}
