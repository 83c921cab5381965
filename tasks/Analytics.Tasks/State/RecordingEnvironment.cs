using System.Collections.Concurrent;
using System.Collections.Immutable;
using Analytics.Compiler.Loading;

namespace Analytics.Tasks.State;

/// <summary>The process's environment, remembering which variables were read: the build depends on their values.</summary>
internal sealed class RecordingEnvironment : IEnvironment
{
    private static readonly string[] SecretWords = ["CREDENTIAL", "KEY", "PASS", "SECRET", "TOKEN"];

    private readonly ConcurrentDictionary<string, string?> values = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public string? Get(string name) => values.GetOrAdd(name, ProcessEnvironment.Instance.Get);

    /// <summary>
    /// What was read, by name in ordinal order. Left out are names that sound like a secret: not even a hash of one may be
    /// written to a file, and no artifact depends on one.
    /// </summary>
    public ImmutableArray<KeyValuePair<string, string?>> Read() =>
        [
            .. values
                .Where(pair => !SecretWords.Any(word => pair.Key.Contains(word, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal),
        ];
}
