using System.Buffers;
using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Parsing;

namespace Analytics.Compiler;

/// <summary>What <c>dotnet build</c> asks for.</summary>
/// <param name="Input">The project's files and its packages'.</param>
/// <param name="TargetName">The target the build is checked against; null for the profile's default.</param>
/// <param name="Vars">The property <c>Vars</c>: a YAML mapping, or empty.</param>
/// <param name="Environment">What <c>env_var</c> reads.</param>
/// <param name="UserProfilesDirectory">Where <c>profiles.yml</c> is looked for after the project's folder, usually <c>~/.dbt</c>; null for nowhere.</param>
/// <param name="Parsed">What an earlier build gave as <see cref="BuildResult.Parsed"/>.</param>
public sealed record BuildRequest(
    ProjectInput Input,
    string? TargetName,
    string Vars,
    IEnvironment Environment,
    string? UserProfilesDirectory,
    ParseCache Parsed
);

/// <summary>What a build gave.</summary>
/// <param name="Artifact">The bytes of the <c>.pgpac</c>, the same for the same input on every machine; null when there is an error.</param>
/// <param name="Diagnostics">Sorted by file, place and code.</param>
/// <param name="Parsed">The SQL that needs no parsing next time; empty when the build did not come that far.</param>
public sealed record BuildResult(
    ReadOnlySequence<byte>? Artifact,
    ImmutableArray<Diagnostic> Diagnostics,
    ParseCache Parsed
)
{
    /// <summary>The bytes of the <c>manifest.json</c> that the artifact holds; null when there is an error.</summary>
    public ReadOnlySequence<byte>? Manifest { get; init; }
}
