namespace Analytics.Jinja;

/// <summary>The top-level blocks of a project's files.</summary>
[Flags]
public enum BlockKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>{% macro name(…) %}</c>.</summary>
    Macro = 1,

    /// <summary><c>{% test name(…) %}</c> or <c>{% data_test name(…) %}</c>.</summary>
    Test = 2,

    /// <summary><c>{% materialization name, adapter='…' %}</c>.</summary>
    Materialization = 4,

    /// <summary><c>{% snapshot name %}</c>.</summary>
    Snapshot = 8,

    /// <summary><c>{% docs name %}</c>.</summary>
    Docs = 16,

    /// <summary>What a file of macros may hold.</summary>
    Macros = Macro | Test | Materialization,

    /// <summary>All of them.</summary>
    All = Macros | Snapshot | Docs,
}
