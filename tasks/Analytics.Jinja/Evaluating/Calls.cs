using Analytics.Jinja.Values;

namespace Analytics.Jinja.Evaluating;

/// <summary>Calls values.</summary>
internal static class Calls
{
    /// <exception cref="PyError">The value cannot be called.</exception>
    public static object? Invoke(object? callee, CallArguments args)
    {
        switch (callee)
        {
            case MacroValue macro:
                return MacroCall.Run(macro, args);
            case ICallable callable:
                args.Context.Step();
                return Boxes.Import(callable.Invoke(args));
            case Undefined { Captures: true } undefined:
                return undefined;
            case Undefined undefined:
                throw undefined.Error();
            default:
                throw PyError.Type($"'{TypeName.Of(callee)}' object is not callable");
        }
    }
}
