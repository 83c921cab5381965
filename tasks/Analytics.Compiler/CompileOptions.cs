using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Compiler.Rendering;
using Analytics.Jinja.Values;

namespace Analytics.Compiler;

/// <summary>What a compilation depends on beside the project's files.</summary>
/// <param name="Target">The target whose schema, name and user the templates see.</param>
/// <param name="Vars">The variables of the command line, which beat the project's; native values by name.</param>
/// <param name="Environment">What <c>env_var</c> reads.</param>
/// <param name="FullRefresh">What <c>flags.FULL_REFRESH</c> says.</param>
/// <param name="Command">What <c>flags.WHICH</c> says: <c>compile</c> at build, <c>build</c> at publish.</param>
/// <param name="InvocationId">One id for the whole run.</param>
/// <param name="RunStartedAt">When the run began, UTC.</param>
public sealed record CompileOptions(
    TargetProfile Target,
    PyDict Vars,
    IEnvironment Environment,
    bool FullRefresh,
    string Command,
    Guid InvocationId,
    DateTimeOffset RunStartedAt
)
{
    /// <summary>
    /// Whether data tests keep their failing rows where their config does not say; what <c>flags.STORE_FAILURES</c> says.
    /// </summary>
    public bool StoreFailures { get; init; }

    /// <summary>What <c>flags.EMPTY</c> says; which rows a rendering gives to its node is said for each.</summary>
    public InputRows Inputs { get; init; } = InputRows.All;
}
