namespace Analytics.Tasks.Severities;

/// <summary>The words of <c>.editorconfig</c> for how loud a diagnostic is.</summary>
internal enum ConfiguredSeverity
{
    /// <summary><c>none</c> and <c>silent</c>: not said.</summary>
    None,

    /// <summary><c>suggestion</c>: a message, seen at normal verbosity.</summary>
    Suggestion,

    /// <summary><c>warning</c>.</summary>
    Warning,

    /// <summary><c>error</c>.</summary>
    Error,
}
