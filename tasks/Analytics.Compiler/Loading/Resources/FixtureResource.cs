using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>A file of <c>tests/fixtures</c>: rows for unit tests.</summary>
/// <param name="Package">The name of the project or package it belongs to.</param>
/// <param name="Name">The file's stem.</param>
/// <param name="Format"><see cref="UnitTestFormat.Csv"/> or <see cref="UnitTestFormat.Sql"/>, by its extension.</param>
/// <param name="File">The file.</param>
public sealed record FixtureResource(string Package, string Name, UnitTestFormat Format, SourceFile File);
