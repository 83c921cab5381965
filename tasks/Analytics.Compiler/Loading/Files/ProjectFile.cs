namespace Analytics.Compiler.Loading.Files;

/// <summary>One file of a project, as bytes.</summary>
/// <param name="Path">Path below the project folder, <c>/</c> between segments.</param>
/// <param name="Content">The bytes as they are on disk or in the artifact.</param>
public sealed record ProjectFile(string Path, ReadOnlyMemory<byte> Content);
