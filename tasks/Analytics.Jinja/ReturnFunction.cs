using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;

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

    /// <summary>Never returns: the evaluator catches what it throws.</summary>
    public override object? Invoke(CallArguments args)
    {
        ArgumentNullException.ThrowIfNull(args);
        throw args.Context.Chain is null ? Outside() : new ReturnSignal(Value(args.PositionalArray, args.NamedArray));
    }

    internal static PyError Outside() => new(TemplateErrorKind.Type, "return() can only be called inside a macro");

    internal static object? Value(object?[] positional, KeyValuePair<string, object?>[] named) =>
        (positional, named) switch
        {
            ([], []) => null,
            ([var value], []) => value,
            ([], [{ Key: "data" } pair]) => pair.Value,
            _ => throw PyError.Argument("return() takes one argument"),
        };
}
