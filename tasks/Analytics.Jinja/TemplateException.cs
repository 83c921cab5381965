namespace Analytics.Jinja;

/// <summary>Thrown for a mistake in a template, at parse time or while rendering. Never for a mistake of the engine.</summary>
public sealed class TemplateException : Exception
{
    /// <summary>Wraps an error.</summary>
    public TemplateException(TemplateError error, Exception? inner = null)
        : base(error?.Message, inner)
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
    }

    /// <summary>What is wrong and where.</summary>
    public TemplateError Error { get; }
}
