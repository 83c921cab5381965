using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Reads <c>unit_tests:</c>.</summary>
internal sealed class UnitTestReader(string package, ShapeReader shapes)
{
    private readonly ImmutableArray<UnitTestDeclaration>.Builder unitTests =
        ImmutableArray.CreateBuilder<UnitTestDeclaration>();

    public ImmutableArray<UnitTestDeclaration> UnitTests => unitTests.ToImmutable();

    public void Read(YamlNode? node)
    {
        foreach (var entry in shapes.Mappings(node, "'unit_tests'", "a unit test"))
        {
            shapes.CheckKeys(entry, PropertyKeys.UnitTest);
            var name = shapes.Required(entry, "name", "a unit test");
            var model = shapes.Required(entry, "model", "a unit test");
            foreach (var given in shapes.Mappings(entry["given"], "'given'", "an input of a unit test"))
            {
                shapes.CheckKeys(given, PropertyKeys.Given);
                _ = shapes.Required(given, "input", "an input of a unit test");
            }

            CheckMapping(entry["expect"], PropertyKeys.Expect);
            CheckMapping(entry["overrides"], PropertyKeys.Overrides);
            _ = ConfigReader.Read(entry["config"], "a unit test", shapes);
            if (name is not null && model is not null)
            {
                unitTests.Add(new UnitTestDeclaration(package, name.Text, name.Content, model, entry));
            }
        }
    }

    private void CheckMapping(YamlNode? node, KeySet keys)
    {
        if (shapes.Mapping(node, keys.Place) is { } mapping)
        {
            shapes.CheckKeys(mapping, keys);
        }
    }
}
