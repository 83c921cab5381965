using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Reads <c>unit_tests:</c>.</summary>
internal sealed class UnitTestReader(string package, ShapeReader shapes)
{
    private const string Formats = "one of dict, csv, sql";

    private readonly ImmutableArray<UnitTestDeclaration>.Builder unitTests =
        ImmutableArray.CreateBuilder<UnitTestDeclaration>();

    public ImmutableArray<UnitTestDeclaration> UnitTests => unitTests.ToImmutable();

    public void Read(YamlNode? node, string relativePath)
    {
        foreach (var entry in shapes.Mappings(node, "'unit_tests'", "a unit test"))
        {
            shapes.CheckKeys(entry, PropertyKeys.UnitTest);
            var name = shapes.Required(entry, "name", "a unit test");
            var model = shapes.Required(entry, "model", "a unit test");
            var what = name is null ? "a unit test" : $"the unit test '{name.Text}'";
            var given = Given(entry["given"], what);
            var expect = Expect(entry, what);
            CheckOverrides(entry["overrides"], what);
            var config = ConfigReader.Read(entry, what, shapes, "enabled", "meta", "tags");
            if (name is not null && model is not null && expect is not null)
            {
                unitTests.Add(
                    new UnitTestDeclaration(
                        package,
                        name.Text,
                        name.Content,
                        model,
                        given,
                        expect,
                        config is null ? [] : [config],
                        relativePath,
                        entry
                    )
                );
            }
        }
    }

    private ImmutableArray<UnitTestInput> Given(YamlNode? node, string what)
    {
        var inputs = ImmutableArray.CreateBuilder<UnitTestInput>();
        foreach (var given in shapes.Mappings(node, $"'given' of {what}", "an input of a unit test"))
        {
            shapes.CheckKeys(given, PropertyKeys.Given);
            if (
                shapes.Required(given, "input", "an input of a unit test") is { } input
                && Rows(given, $"the input {input.Text} of {what}") is { } rows
            )
            {
                inputs.Add(new UnitTestInput(input, rows));
            }
        }

        return inputs.ToImmutable();
    }

    private UnitTestRows? Expect(YamlMapping entry, string what)
    {
        if (ShapeReader.IsAbsent(entry["expect"]))
        {
            shapes.Report(ProjectDiagnostics.MissingKey(entry.Entries[0].KeySpan, "expect", "a unit test"));
            return null;
        }

        if (shapes.Mapping(entry["expect"], $"'expect' of {what}") is not { } expect)
        {
            return null;
        }

        shapes.CheckKeys(expect, PropertyKeys.Expect);
        return Rows(expect, $"'expect' of {what}");
    }

    private UnitTestRows? Rows(YamlMapping owner, string what)
    {
        var format = UnitTestFormat.Dict;
        switch (shapes.Scalar(owner["format"], $"'format' of {what}"))
        {
            case null or { Text: "dict" }:
                break;
            case { Text: "csv" }:
                format = UnitTestFormat.Csv;
                break;
            case { Text: "sql" }:
                format = UnitTestFormat.Sql;
                break;
            case { } other:
                shapes.Report(ProjectDiagnostics.InvalidConfig(other.Content, "format", $"'{other.Text}'", Formats));
                return null;
        }

        var rows = owner["rows"];
        if (shapes.Scalar(owner["fixture"], $"'fixture' of {what}") is { } fixture)
        {
            if (format == UnitTestFormat.Dict)
            {
                shapes.Report(
                    ProjectDiagnostics.InvalidConfig(
                        fixture.Content,
                        "fixture",
                        $"'{fixture.Text}'",
                        "a 'format' of csv or sql beside it"
                    )
                );
                return null;
            }

            if (!ShapeReader.IsAbsent(rows))
            {
                shapes.Report(
                    ProjectDiagnostics.InvalidConfig(
                        fixture.Content,
                        "fixture",
                        $"'{fixture.Text}'",
                        "no 'rows' beside it"
                    )
                );
                return null;
            }

            return new UnitTestRows(format, null, fixture);
        }

        if (format != UnitTestFormat.Dict)
        {
            var text = shapes.Scalar(rows, $"'rows' of {what}");
            return text is null && !ShapeReader.IsAbsent(rows) ? null : new UnitTestRows(format, text, null);
        }

        // Each row is a mapping: what is none is said where it stands.
        foreach (var _ in shapes.Mappings(rows, $"'rows' of {what}", "a row of a unit test")) { }

        return new UnitTestRows(format, rows as YamlSequence, null);
    }

    private void CheckOverrides(YamlNode? node, string what)
    {
        if (shapes.Mapping(node, $"'overrides' of {what}") is not { } overrides)
        {
            return;
        }

        shapes.CheckKeys(overrides, PropertyKeys.Overrides);
        foreach (var key in PropertyKeys.Overrides.Keys.Order(StringComparer.Ordinal))
        {
            _ = shapes.Mapping(overrides[key], $"'{key}' of the overrides of {what}");
        }
    }
}
