using System.Collections.Immutable;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.UnitTesting;

/// <summary>What the template of a model meets in a unit test in place of relations, macros and variables.</summary>
/// <param name="Test">The unit test.</param>
/// <param name="Fixtures">The common table expression of each input by the unique id of the node, quoted.</param>
/// <param name="This">The common table expression of <c>this</c>, quoted; null where the test does not give it.</param>
/// <param name="Macros">What calls of macros, and names of the context, give instead; in the order of the file.</param>
/// <param name="Vars">What <c>var</c> gives instead.</param>
/// <param name="EnvVars">What <c>env_var</c> gives instead.</param>
internal sealed record UnitTestScope(
    UnitTestNode Test,
    ImmutableDictionary<string, string> Fixtures,
    string? This,
    ImmutableArray<KeyValuePair<string, object?>> Macros,
    PyDict Vars,
    PyDict EnvVars
)
{
    /// <summary>The macro that every unit test of an incremental model decides on.</summary>
    public const string IsIncrementalName = "is_incremental";

    // As with dbt, so that the SQL of a test looks alike.
    private const string Prefix = "__dbt__cte__";

    /// <summary>What <c>is_incremental()</c> says; null where the test does not decide.</summary>
    public bool? IsIncremental => Macros.LastOrDefault(macro => macro.Key == IsIncrementalName).Value as bool?;

    /// <summary>The scope of a test.</summary>
    /// <param name="test">The unit test.</param>
    /// <param name="graph">Its inputs are in it.</param>
    public static UnitTestScope Of(UnitTestNode test, ModelGraph graph)
    {
        var fixtures = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        string? self = null;
        foreach (var input in test.Inputs.Where(input => input.Node is null || graph.Contains(input.Node)))
        {
            var name = Name(((RelationNode)graph[input.Node ?? test.Model]).Relation.Identifier, taken);
            if (input.Node is { } node)
            {
                fixtures[node] = name;
            }
            else
            {
                self = name;
            }
        }

        var overrides = test.Declaration.Raw["overrides"] as YamlMapping;
        return new UnitTestScope(
            test,
            fixtures.ToImmutable(),
            self,
            [
                .. ((overrides?["macros"] as YamlMapping)?.Entries ?? []).Select(entry =>
                    KeyValuePair.Create(entry.Key, YamlValues.ToNative(entry.Value))
                ),
            ],
            Values(overrides?["vars"]),
            Values(overrides?["env_vars"])
        );
    }

    /// <summary>The common table expression of an input.</summary>
    public string? NameOf(string? node) => node is null ? This : Fixtures.GetValueOrDefault(node);

    private static PyDict Values(YamlNode? node) => node is YamlMapping mapping ? YamlValues.ToDict(mapping) : [];

    // Two sources may have tables of one name, and PostgreSQL cuts what is longer than its names may be.
    private static string Name(string identifier, HashSet<string> taken)
    {
        var name = Prefix + identifier;
        for (var i = 2; System.Text.Encoding.UTF8.GetByteCount(name) > 63 || !taken.Add(name); i++)
        {
            var room = Math.Min(identifier.Length, 12);
            name = FormattableString.Invariant($"{Prefix}{identifier[..room]}_{i}");
        }

        return RelationName.Quote(name);
    }
}
