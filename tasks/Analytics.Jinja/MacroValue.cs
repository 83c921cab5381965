using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;

namespace Analytics.Jinja;

/// <summary>A macro as a value that templates call. Made from a definition it is immutable and may serve all contexts.</summary>
public sealed class MacroValue : ICallable, IPyObject
{
    /// <summary>Makes a parsed macro callable.</summary>
    public MacroValue(MacroDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Definition = definition;
        Code = definition.Code;
    }

    internal MacroValue(MacroCode code, Frame closure)
    {
        Code = code;
        Closure = closure;
        ClosureChain = closure.Context.Chain;
    }

    /// <summary>The definition; null for a macro that is defined inside a template and for a <c>caller</c>.</summary>
    public MacroDefinition? Definition { get; }

    /// <inheritdoc />
    public string Name => Code.Name;

    string IPyObject.TypeName => "Macro";

    internal MacroCode Code { get; }

    /// <summary>The variables around the definition, for a macro that is defined inside a template.</summary>
    internal Frame? Closure { get; }

    internal CallChain? ClosureChain { get; }

    /// <inheritdoc />
    public object? Invoke(CallArguments args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return MacroCall.Run(this, args);
    }

    string IPyObject.Repr() => Code.IsCaller ? "<Macro anonymous>" : $"<Macro {PyText.Repr(Name)}>";

    bool IPyObject.TryGetAttribute(string name, out object? value)
    {
        switch (name)
        {
            case "name":
                value = Code.IsCaller ? null : Name;
                return true;
            case "arguments":
                value = new PyTuple(Code.Parameters.Select(object? (p) => p.Name));
                return true;
            case "caller":
                value = Boxes.Of(Code.CallerSlot >= 0);
                return true;
            case "catch_kwargs":
                value = Boxes.Of(Code.NamedSlot >= 0);
                return true;
            case "catch_varargs":
                value = Boxes.Of(Code.PositionalSlot >= 0);
                return true;
            default:
                value = null;
                return false;
        }
    }
}
