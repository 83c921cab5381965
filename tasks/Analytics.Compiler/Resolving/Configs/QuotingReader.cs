using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>Reads <c>quoting</c>.</summary>
internal static class QuotingReader
{
    /// <summary>The policy of a project: what its <c>dbt_project.yml</c> says, else all quotes.</summary>
    public static QuotePolicy Read(YamlMapping? quoting) =>
        quoting is null ? QuotePolicy.All : Over(QuotePolicy.All, YamlValues.ToDict(quoting));

    /// <summary>A policy with what a mapping says over it; <c>project</c> is BigQuery's word for the database.</summary>
    public static QuotePolicy Over(QuotePolicy policy, PyDict? quoting) =>
        quoting is null
            ? policy
            : new QuotePolicy(
                Flag(quoting, "database") ?? Flag(quoting, "project") ?? policy.Database,
                Flag(quoting, "schema") ?? policy.Schema,
                Flag(quoting, "identifier") ?? policy.Identifier
            );

    private static bool? Flag(PyDict quoting, string key) => quoting.TryGet(key, out var value) ? value as bool? : null;
}
