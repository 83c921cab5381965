using Analytics.Jinja.Values;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>What templates in <c>dbt_project.yml</c> can read.</summary>
/// <param name="Environment">What <c>env_var</c> reads.</param>
/// <param name="Vars">What <c>var</c> reads: those of the command line, for the project's own are not known yet.</param>
/// <param name="Target">
/// What <c>target</c> is, by the project's <c>profile</c> as it is written (null when it says none). Asked once and only
/// where a template needs it; null where there is no such target.
/// </param>
public sealed record DefinitionSettings(IEnvironment Environment, PyDict Vars, Func<string?, object?> Target);
