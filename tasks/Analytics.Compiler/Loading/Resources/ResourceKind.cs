namespace Analytics.Compiler.Loading.Resources;

/// <summary>What a resource is, in dbt's words.</summary>
public enum ResourceKind
{
    /// <summary>A SELECT that becomes a relation.</summary>
    Model,

    /// <summary>A CSV file that becomes a table.</summary>
    Seed,

    /// <summary>The history of a SELECT's rows.</summary>
    Snapshot,

    /// <summary>A query that must count nothing.</summary>
    Test,

    /// <summary>A table that others write.</summary>
    Source,

    /// <summary>SQL that is compiled and never run.</summary>
    Analysis,

    /// <summary>A macro.</summary>
    Macro,

    /// <summary>A use of the data outside the project.</summary>
    Exposure,

    /// <summary>Rows in, rows out, of one model.</summary>
    UnitTest,

    /// <summary>A hook that runs before or after everything: <c>on-run-start</c>, <c>on-run-end</c>.</summary>
    Operation,

    /// <summary>A function of the database.</summary>
    Function,
}

/// <summary>The words for kinds of resources.</summary>
public static class ResourceKindWords
{
    /// <summary>dbt's word for a kind, with which unique ids begin: <c>model</c>, <c>unit_test</c>, ….</summary>
    public static string Word(this ResourceKind kind) =>
        kind == ResourceKind.UnitTest ? "unit_test" : kind.ToString().ToLowerInvariant();
}
