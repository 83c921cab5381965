using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>The methods that the types of Python have under one name; null where a type has none.</summary>
internal sealed record MethodsOfName(
    BuiltIn? OfText,
    BuiltIn? OfList,
    BuiltIn? OfDict,
    BuiltIn? OfTuple,
    BuiltIn? OfSet,
    BuiltIn? OfNumber
)
{
    public BuiltIn? Of(object? target) =>
        target switch
        {
            string => OfText,
            PyList => OfList,
            PyDict => OfDict,
            PyTuple => OfTuple,
            PySet => OfSet,
            long or double or bool or BigInteger => OfNumber,
            _ => null,
        };
}
