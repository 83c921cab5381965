using Analytics.Jinja;

namespace Analytics.Compiler.Describing;

/// <summary>What a description needs to know of macros.</summary>
internal interface IMacroCatalogue
{
    /// <summary>The macros that the SDK brings, by name in ordinal order; their package is <c>dbt</c>.</summary>
    IEnumerable<KeyValuePair<string, MacroDefinition>> BuiltIn { get; }

    /// <summary>The unique id of the macro that a call means; null when it means none.</summary>
    /// <param name="package">The package of the template.</param>
    /// <param name="call">The call.</param>
    string? IdOf(string package, MacroCallName call);
}
