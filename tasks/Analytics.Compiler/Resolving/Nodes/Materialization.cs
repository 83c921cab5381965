namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>What a model becomes in PostgreSQL.</summary>
public enum Materialization
{
    /// <summary>A view.</summary>
    View,

    /// <summary>A table, built anew by each publish.</summary>
    Table,

    /// <summary>A table that a publish adds to.</summary>
    Incremental,

    /// <summary>A materialized view: made once, refreshed by each publish while its definition stays.</summary>
    MaterializedView,

    /// <summary>Nothing of its own: a common table expression in each model that reads it.</summary>
    Ephemeral,

    /// <summary>What a materialization of the project makes.</summary>
    Custom,
}
