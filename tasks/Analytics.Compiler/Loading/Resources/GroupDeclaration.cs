using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>A group of resources with an owner.</summary>
/// <param name="Package">The project or package whose YAML declares it.</param>
/// <param name="Name">What <c>group:</c> of a resource says.</param>
/// <param name="NameSpan">Where the name stands.</param>
/// <param name="RelativePath">Path of the YAML file below its resource folder.</param>
/// <param name="Raw">The whole entry.</param>
public sealed record GroupDeclaration(
    string Package,
    string Name,
    SourceSpan NameSpan,
    string RelativePath,
    YamlMapping Raw
);
