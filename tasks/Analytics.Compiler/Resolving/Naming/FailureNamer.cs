using Analytics.Compiler.Resolving.Configs;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Resolving.Naming;

/// <summary>Says where a data test keeps its failing rows.</summary>
internal static class FailureNamer
{
    private const string Schema = "dbt_test__audit";

    /// <summary>The relation; null when the test keeps none, or a naming macro failed (reported).</summary>
    /// <param name="namer">Asks the naming macros.</param>
    /// <param name="test">The test.</param>
    /// <param name="shortName">Its alias where its name is too long for one; else null.</param>
    /// <param name="keeping">How it keeps them.</param>
    /// <param name="settings">Reads its config.</param>
    /// <param name="config">Its config.</param>
    public static RelationName? Name(
        RelationNamer namer,
        UnnamedNode test,
        string? shortName,
        FailureKeeping keeping,
        SettingsReader settings,
        MergedConfig config
    ) => keeping == FailureKeeping.None ? null : namer.Name(test, settings, config, Schema, shortName);
}
