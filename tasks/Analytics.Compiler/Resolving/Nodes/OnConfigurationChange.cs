namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>What happens when the indexes of a materialized view are no longer those of its config.</summary>
public enum OnConfigurationChange
{
    /// <summary>It gets those of its config.</summary>
    Apply,

    /// <summary>It stays as it is, with its rows.</summary>
    Continue,

    /// <summary>The publish fails.</summary>
    Fail,
}
