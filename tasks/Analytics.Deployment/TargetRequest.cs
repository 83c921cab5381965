using Analytics.Compiler.Loading;

namespace Analytics.Deployment;

/// <summary>Which artifact, on which target: what every command that talks to a database asks for.</summary>
public abstract record TargetRequest
{
    /// <summary>The <c>.pgpac</c>.</summary>
    public required string ArtifactPath { get; init; }

    /// <summary>The project's folder: <c>profiles.yml</c> is looked for there.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The target's name; null for the profile's default.</summary>
    public string? TargetName { get; init; }

    /// <summary>Where <c>profiles.yml</c> is looked for after the project's folder, usually <c>~/.dbt</c>; null for nowhere.</summary>
    public string? UserProfilesDirectory { get; init; }

    /// <summary>Where the private server of an embedded target keeps its data, usually <c>obj/postgres</c>.</summary>
    public required string EmbeddedServerDirectory { get; init; }

    /// <summary>Folders that hold the server of an <c>Analytics.Postgres</c> package; may be empty.</summary>
    public IReadOnlyList<string> EmbeddedServerPackages { get; init; } = [];

    /// <summary>The property <c>Vars</c>: a YAML mapping, or empty.</summary>
    public string Vars { get; init; } = string.Empty;

    /// <summary>What <c>env_var</c> reads.</summary>
    public IEnvironment Environment { get; init; } = ProcessEnvironment.Instance;
}
