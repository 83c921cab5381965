using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>Describes unit tests; rows of CSV are described as mappings, as dbt does.</summary>
internal static class UnitTestDescription
{
    public static PyDict Of(UnitTestNode test)
    {
        var declaration = test.Declaration;
        var given = new PyList();
        for (var i = 0; i < test.Inputs.Length; i++)
        {
            var described = Rows(declaration.Given[i].Rows, test.Inputs[i].Rows);
            var input = new PyDict { { "input", declaration.Given[i].Input.Text } };
            foreach (var (key, value) in described)
            {
                input[key] = value;
            }

            given.Add(input);
        }

        return new PyDict
        {
            { "model", declaration.Model.Text },
            { "given", given },
            { "expect", Rows(declaration.Expect, test.Expected) },
            { "name", test.Name },
            { "resource_type", "unit_test" },
            { "package_name", test.Package },
            { "path", declaration.RelativePath },
            { "original_file_path", test.Span.File.Path },
            { "unique_id", test.UniqueId },
            { "fqn", new PyList(test.Fqn) },
            { "description", test.Description },
            { "overrides", Overrides(declaration.Raw["overrides"]) },
            { "depends_on", NodeParts.DependsOn(test) },
            { "config", ConfigDescription.Of(test) },
            { "checksum", null },
            { "schema", null },
            { "versions", Versions(declaration.Raw["versions"]) },
            { "version", null },
        };
    }

    private static PyDict Rows(UnitTestRows written, FixedRows rows) =>
        new()
        {
            {
                "rows",
                rows.Sql is { } sql
                    ? sql
                    : new PyList(
                        rows.Rows.Select(row => new PyDict(
                            row.Select(value => KeyValuePair.Create((object?)value.Key, value.Value))
                        ))
                    )
            },
            { "format", written.Format.ToString().ToLowerInvariant() },
            { "fixture", written.Fixture?.Text },
        };

    private static PyDict? Overrides(YamlNode? node) =>
        node is not YamlMapping overrides
            ? null
            : new PyDict
            {
                { "macros", Part(overrides, "macros") },
                { "vars", Part(overrides, "vars") },
                { "env_vars", Part(overrides, "env_vars") },
            };

    private static PyDict Part(YamlMapping overrides, string key) =>
        overrides[key] is YamlMapping mapping ? YamlValues.ToDict(mapping) : [];

    private static PyDict? Versions(YamlNode? node) =>
        node is not YamlMapping versions
            ? null
            : new PyDict
            {
                { "include", versions["include"] is { } include ? YamlValues.ToNative(include) : null },
                { "exclude", versions["exclude"] is { } exclude ? YamlValues.ToNative(exclude) : null },
            };
}
