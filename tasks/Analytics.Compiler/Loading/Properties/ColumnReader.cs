using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Reads <c>columns:</c>.</summary>
internal sealed class ColumnReader(ShapeReader shapes, TestDeclarationReader tests)
{
    public ImmutableArray<ColumnProperties> Read(YamlNode? node, string place)
    {
        var columns = ImmutableArray.CreateBuilder<ColumnProperties>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in shapes.Mappings(node, $"'columns' of {place}", "a column"))
        {
            shapes.CheckKeys(entry, PropertyKeys.Column);
            if (shapes.Required(entry, "name", "a column") is not { } name)
            {
                continue;
            }

            if (!seen.Add(name.Text))
            {
                shapes.Report(ProjectDiagnostics.DuplicateColumn(name.Content, name.Text, place));
                continue;
            }

            var what = $"the column '{name.Text}'";
            ConstraintReader.Check(entry["constraints"], what, shapes);
            _ = ConfigReader.Read(entry, what, shapes, "meta", "tags");
            var isQuoted = shapes.Flag(entry["quote"], $"'quote' of {what}") ?? false;
            columns.Add(
                new ColumnProperties(
                    name.Text,
                    name.Content,
                    shapes.Text(entry["description"], $"'description' of {what}") ?? string.Empty,
                    shapes.Text(entry["data_type"], $"'data_type' of {what}"),
                    isQuoted,
                    tests.Read(entry, isQuoted ? SqlQuote.Identifier(name.Text) : name.Text, what),
                    entry
                )
            );
        }

        return columns.ToImmutable();
    }
}
