using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Reads the entries of <c>data_tests:</c> (or <c>tests:</c>) of a resource or column.</summary>
internal sealed partial class TestDeclarationReader(ShapeReader shapes)
{
    private const string Expected = "the name of a test, or a mapping whose one key is that name";

    /// <summary>The tests of an entry, both lists together, in the order of the file.</summary>
    public ImmutableArray<TestDeclaration> Read(YamlMapping owner, string? column, string place)
    {
        var tests = ImmutableArray.CreateBuilder<TestDeclaration>();
        foreach (var entry in owner.Entries)
        {
            if (entry.Key is not ("data_tests" or "tests"))
            {
                continue;
            }

            foreach (var item in shapes.List(entry.Value, $"'{entry.Key}' of {place}"))
            {
                if (ReadOne(item, column) is { } test)
                {
                    tests.Add(test);
                }
            }
        }

        return tests.ToImmutable();
    }

    private TestDeclaration? ReadOne(YamlNode item, string? column)
    {
        switch (item)
        {
            case YamlScalar { Value: string } name:
                return Make(name.Text, name.Content, column, [], null);
            case YamlMapping mapping when mapping["test_name"] is YamlScalar { Value: string } name:
                // The long form: everything in one mapping, with the test's name under a key.
                return Make(
                    name.Text,
                    name.Content,
                    column,
                    mapping.Entries.Remove(mapping.Find("test_name")!),
                    mapping.Span
                );
            case YamlMapping { Entries.Length: 1 } mapping:
                var entry = mapping.Entries[0];
                var body = shapes.Mapping(entry.Value, $"the arguments of '{entry.Key}'");
                return Make(entry.Key, Unquoted(entry.KeySpan), column, body?.Entries ?? [], body?.Span);
            case YamlMapping mapping:
                var keys = string.Join(", ", mapping.Entries.Select(each => $"'{each.Key}'"));
                var found = mapping.Entries.IsEmpty
                    ? "an empty mapping"
                    : $"a mapping with the keys {keys} (are the arguments indented below the name?)";
                shapes.Report(ProjectDiagnostics.YamlShape(mapping.Span, "a data test", Expected, found));
                return null;
            default:
                shapes.Report(ProjectDiagnostics.YamlShape(item.Span, "a data test", Expected, item.KindName));
                return null;
        }
    }

    private TestDeclaration? Make(
        string fullName,
        SourceSpan nameSpan,
        string? column,
        ImmutableArray<YamlEntry> entries,
        SourceSpan? bodySpan
    )
    {
        var match = NamePattern().Match(fullName);
        if (!match.Success)
        {
            shapes.Report(
                ProjectDiagnostics.InvalidName(nameSpan, "the data test", fullName, "expected 'name' or 'package.name'")
            );
            return null;
        }

        var span = bodySpan ?? nameSpan.Slice(nameSpan.Length, 0);
        var parts = new TestParts(shapes);
        parts.Take(entries, fullName);
        return new TestDeclaration(
            match.Groups["package"] is { Success: true } package ? package.Value : null,
            match.Groups["name"].Value,
            nameSpan,
            column,
            new YamlMapping(parts.Arguments, span),
            parts.Config.IsEmpty ? null : new YamlMapping(parts.Config, parts.ConfigSpan ?? span),
            parts.Name,
            parts.Description
        );
    }

    private static SourceSpan Unquoted(SourceSpan key) =>
        key.Length >= 2 && key.Text[0] is '\'' or '"' ? key.Slice(1, key.Length - 2) : key;

    [GeneratedRegex(@"^(?:(?<package>[A-Za-z_][0-9A-Za-z_]*)\.)?(?<name>[A-Za-z_][0-9A-Za-z_]*)\z")]
    private static partial Regex NamePattern();
}
