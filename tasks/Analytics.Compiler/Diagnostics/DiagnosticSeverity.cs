namespace Analytics.Compiler.Diagnostics;

/// <summary>What a diagnostic does to the build.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Said, nothing more.</summary>
    Info,

    /// <summary>The build goes on; MSBuild's own settings may make it an error.</summary>
    Warning,

    /// <summary>No artifact is written, nothing is published.</summary>
    Error,
}
