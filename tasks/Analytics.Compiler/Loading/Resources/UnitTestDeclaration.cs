using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>A unit test: rows in, rows out.</summary>
/// <param name="Package">The project or package whose YAML declares it.</param>
/// <param name="Name">Its name.</param>
/// <param name="NameSpan">Where the name stands.</param>
/// <param name="Model">The model under test.</param>
/// <param name="Raw">The whole entry.</param>
public sealed record UnitTestDeclaration(
    string Package,
    string Name,
    SourceSpan NameSpan,
    YamlScalar Model,
    YamlMapping Raw
);
