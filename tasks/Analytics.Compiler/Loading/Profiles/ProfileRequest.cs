using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Loading.Profiles;

/// <summary>Which target is wanted, and where it is looked for.</summary>
/// <param name="ProfileName">The <c>profile:</c> of <c>dbt_project.yml</c>; null when there is none.</param>
/// <param name="ProjectDirectory">Looked into for <c>profiles.yml</c> first.</param>
/// <param name="UserProfilesDirectory">Looked into second, usually <c>~/.dbt</c>; null for nowhere.</param>
/// <param name="TargetName">The target asked for; null for the profile's own choice.</param>
/// <param name="ProjectName">Names the embedded default's profile where none is configured.</param>
/// <param name="Environment">What <c>env_var</c> reads.</param>
/// <param name="Vars">What <c>var</c> reads; null for nothing.</param>
/// <param name="Connects">False at build: the password is not read then, so its variable need not be set.</param>
public sealed record ProfileRequest(
    string? ProfileName,
    string ProjectDirectory,
    string? UserProfilesDirectory,
    string? TargetName,
    string ProjectName,
    IEnvironment Environment,
    PyDict? Vars = null,
    bool Connects = true
);

/// <summary>What was found.</summary>
/// <param name="Target">Null when there is an error.</param>
/// <param name="Diagnostics">In the order of the file. No message holds a rendered value.</param>
public sealed record ProfileResult(TargetProfile? Target, ImmutableArray<Diagnostic> Diagnostics);
