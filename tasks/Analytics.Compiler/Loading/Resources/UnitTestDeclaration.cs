using System.Collections.Immutable;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>A unit test: rows in, rows out.</summary>
/// <param name="Package">The project or package whose YAML declares it.</param>
/// <param name="Name">Its name.</param>
/// <param name="NameSpan">Where the name stands.</param>
/// <param name="Model">The model under test.</param>
/// <param name="Given">The inputs in the order of the file.</param>
/// <param name="Expect">What the model must give.</param>
/// <param name="Configs">The <c>config:</c> mapping, with what stands beside it.</param>
/// <param name="RelativePath">Path of the YAML file below its resource folder.</param>
/// <param name="Raw">The whole entry.</param>
public sealed record UnitTestDeclaration(
    string Package,
    string Name,
    SourceSpan NameSpan,
    YamlScalar Model,
    ImmutableArray<UnitTestInput> Given,
    UnitTestRows Expect,
    ImmutableArray<YamlMapping> Configs,
    string RelativePath,
    YamlMapping Raw
);

/// <summary>Rows that stand in place of a relation.</summary>
/// <param name="Input">A call of <c>ref</c> or <c>source</c>, or <c>this</c>, as written.</param>
/// <param name="Rows">The rows.</param>
public sealed record UnitTestInput(YamlScalar Input, UnitTestRows Rows);

/// <summary>The rows of an input, or those that are expected.</summary>
/// <param name="Format">How they are written.</param>
/// <param name="Rows">
/// A list of mappings for <see cref="UnitTestFormat.Dict"/>, a text for the others; null where a fixture has them, and
/// where there are none.
/// </param>
/// <param name="Fixture">The name of the file that has them; null where they are in the YAML.</param>
public sealed record UnitTestRows(UnitTestFormat Format, YamlNode? Rows, YamlScalar? Fixture);

/// <summary>How the rows of a unit test are written.</summary>
public enum UnitTestFormat
{
    /// <summary>A list of mappings of columns to values.</summary>
    Dict,

    /// <summary>CSV with a line of column names.</summary>
    Csv,

    /// <summary>A SELECT.</summary>
    Sql,
}
