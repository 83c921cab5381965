namespace Analytics.Jinja;

/// <summary>
/// dbt's <c>return(value)</c>: it ends the innermost macro that is being called, which then gives the value with its type
/// instead of its text. The host offers it under the name it likes.
/// </summary>
public sealed class ReturnFunction : HostFunction
{
    private ReturnFunction()
        : base("return") { }

    /// <summary>The only instance.</summary>
    public static ReturnFunction Instance { get; } = new();

    /// <inheritdoc />
    public override object? Invoke(CallArguments args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return args.Positional.Count > 0 ? args.Positional[0] : null;
    }
}
