namespace Analytics.Jinja.Evaluating;

/// <summary>
/// Ends a macro from the inside of an expression or of a caller. The common forms, <c>do return(x)</c> and
/// <c>{{ return(x) }}</c> as a statement of the macro, do without an exception.
/// </summary>
internal sealed class ReturnSignal(object? value) : Exception
{
    public object? Value => value;
}
