using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>Python's truth of a value.</summary>
internal static class Truth
{
    public static bool Of(object? value) =>
        value switch
        {
            null => false,
            bool flag => flag,
            string text => text.Length > 0,
            long number => number != 0,
            double number => number != 0,
            PyList list => list.Count > 0,
            PyDict dict => dict.Count > 0,
            Undefined => false,
            PyTuple tuple => tuple.Count > 0,
            PySet set => set.Count > 0,
            BigInteger number => !number.IsZero,
            IPyObject known => known.IsTrue,
            IHostSequence sequence => sequence.IsTrue && sequence.Count > 0,
            IHostObject host => host.IsTrue,
            _ => true,
        };
}
