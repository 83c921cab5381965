using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>Python's names of types, for messages.</summary>
internal static class TypeName
{
    public static string Of(object? value) =>
        value switch
        {
            null => "NoneType",
            bool => "bool",
            long or BigInteger => "int",
            double => "float",
            string => "str",
            PyList => "list",
            PyTuple => "tuple",
            PyDict => "dict",
            PySet => "set",
            Undefined => "Undefined",
            IPyObject known => known.TypeName,
            IHostObject host => host.TypeName,
            ICallable => "function",
            _ => "object",
        };

    /// <summary>As messages about missing attributes name an object.</summary>
    public static string Describe(object? value) => value is null ? "None" : Of(value) + " object";
}
