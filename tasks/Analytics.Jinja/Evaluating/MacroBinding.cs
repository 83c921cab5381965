using Analytics.Jinja.Tree.Expressions;

namespace Analytics.Jinja.Evaluating;

/// <summary>
/// Where the arguments of one call go in the frame of one macro. A call site keeps that of the macro it called last,
/// which is nearly always the only one.
/// </summary>
internal sealed class MacroBinding
{
    private MacroBinding(MacroCode code, int[]? slots)
    {
        Code = code;
        Slots = slots;
    }

    public MacroCode Code { get; }

    /// <summary>
    /// The slots of the positional and then of the named arguments; null when something has to be collected or refused.
    /// </summary>
    public int[]? Slots { get; }

    public static MacroBinding Of(MacroCode code, ArgumentList arguments) => new(code, Find(code, arguments));

    private static int[]? Find(MacroCode code, ArgumentList arguments)
    {
        var parameters = code.Parameters;
        if (arguments.HasStars || code.HasSpecials || arguments.PositionalCount > parameters.Length)
        {
            return null;
        }

        var slots = new List<int>();
        for (var i = 0; i < arguments.PositionalCount; i++)
        {
            slots.Add(parameters[i].Slot);
        }

        foreach (var name in arguments.Names)
        {
            var index = Array.FindIndex(parameters, p => string.Equals(p.Name, name, StringComparison.Ordinal));
            if (index < 0 || slots.Contains(parameters[index].Slot))
            {
                return null;
            }

            slots.Add(parameters[index].Slot);
        }

        return [.. slots];
    }
}
