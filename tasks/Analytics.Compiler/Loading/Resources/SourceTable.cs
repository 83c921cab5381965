using System.Collections.Immutable;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>A table of a source: something others write and models read.</summary>
/// <param name="Package">The project or package whose YAML declares it.</param>
/// <param name="SourceName">The source's name, the first argument of <c>source()</c>.</param>
/// <param name="Name">The table's name, the second argument.</param>
/// <param name="NameSpan">Where the table's name stands.</param>
/// <param name="Database">As written, may hold templates; null when absent.</param>
/// <param name="Schema">As written, may hold templates; the source's name when absent.</param>
/// <param name="Identifier">As written, may hold templates; the table's name when absent.</param>
/// <param name="SourceDescription">The source's description.</param>
/// <param name="Description">The table's description.</param>
/// <param name="SourceConfig">The source's <c>config:</c>; null when absent.</param>
/// <param name="Config">The table's <c>config:</c>; null when absent.</param>
/// <param name="Columns">In the order of the file.</param>
/// <param name="Tests">Data tests of the whole table.</param>
/// <param name="Fqn">Package, folders below the model folder, source name, table name.</param>
/// <param name="RawSource">The source's whole entry.</param>
/// <param name="RawTable">The table's whole entry.</param>
public sealed record SourceTable(
    string Package,
    string SourceName,
    string Name,
    SourceSpan NameSpan,
    YamlScalar? Database,
    YamlScalar? Schema,
    YamlScalar? Identifier,
    string SourceDescription,
    string Description,
    YamlMapping? SourceConfig,
    YamlMapping? Config,
    ImmutableArray<ColumnProperties> Columns,
    ImmutableArray<TestDeclaration> Tests,
    ImmutableArray<string> Fqn,
    YamlMapping RawSource,
    YamlMapping RawTable
);
