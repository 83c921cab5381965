using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>The settings of a seed.</summary>
internal static class SeedSettingsReader
{
    public static SeedSettings Read(SettingsReader reader)
    {
        var delimiter = reader.Text("delimiter") ?? ",";
        if (delimiter.Length != 1)
        {
            reader.Report("delimiter", delimiter, "one character");
            delimiter = ",";
        }

        var types = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (column, type) in reader.Mapping("column_types") ?? new PyDict())
        {
            types[PyText.Str(column)] = PyText.Str(type);
        }

        return new SeedSettings(delimiter[0], types.ToImmutable(), reader.Flag("quote_columns") ?? true);
    }
}
