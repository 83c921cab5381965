namespace Analytics.Compiler.Resolving.Configs;

/// <summary>Holds configs that are handed on, to the manifest and to templates, against the kind of value that dbt takes.</summary>
internal static class ConfigShapes
{
    private static readonly string[] Mappings = ["meta", "docs", "grants", "quoting", "column_types", "persist_docs"];

    /// <summary>Reports what is of another kind.</summary>
    public static void Check(SettingsReader settings)
    {
        foreach (var key in Mappings)
        {
            _ = settings.Mapping(key);
        }

        _ = settings.Texts("tags");
    }
}
