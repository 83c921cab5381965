namespace Analytics.Jinja;

/// <summary>A macro as a value that templates call. Immutable; one instance may serve all contexts.</summary>
public sealed class MacroValue : ICallable
{
    /// <summary>Makes a parsed macro callable.</summary>
    public MacroValue(MacroDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Definition = definition;
    }

    /// <summary>The definition; null for a macro that is defined inside a template and for a <c>caller</c>.</summary>
    public MacroDefinition? Definition { get; }

    /// <inheritdoc />
    public string Name => Definition?.Name ?? "caller";

    /// <inheritdoc />
    public object? Invoke(CallArguments args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return "";
    }
}
