using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>How dict keys and set members are hashed and compared.</summary>
internal static class PyKey
{
    public static readonly IEqualityComparer<object> Comparer = new KeyComparer();
    private static readonly object None = new();

    public static object Wrap(object? key) => key ?? None;

    public static object? Unwrap(object key) => ReferenceEquals(key, None) ? null : key;

    /// <summary>Python's hash: equal values have equal hashes, whatever their types.</summary>
    public static int Hash(object? value)
    {
        switch (value)
        {
            case null:
                return 0;
            case string text:
                return text.GetHashCode(StringComparison.Ordinal);
            case bool flag:
                return flag ? 1 : 0;
            case long number:
                return number.GetHashCode();
            case double number:
                return HashOf(number);
            case BigInteger number:
                return number.GetHashCode();
            case PyTuple tuple:
                PyError.GuardStack();
                var hash = new HashCode();
                foreach (var item in tuple.Items)
                {
                    hash.Add(Hash(item));
                }

                return hash.ToHashCode();
            case PyList or PyDict or PySet:
                throw PyError.Type($"unhashable type: '{TypeName.Of(value)}'");
            default:
                return value.GetHashCode();
        }
    }

    private static int HashOf(double number)
    {
        if (double.IsFinite(number) && Math.Floor(number) == number)
        {
            return Math.Abs(number) < 9e18 ? ((long)number).GetHashCode() : new BigInteger(number).GetHashCode();
        }

        return number.GetHashCode();
    }

    private sealed class KeyComparer : IEqualityComparer<object>
    {
        public new bool Equals(object? x, object? y) =>
            x is string left && y is string right
                ? string.Equals(left, right, StringComparison.Ordinal)
                : Equality.AreEqual(x, y);

        public int GetHashCode(object obj) => ReferenceEquals(obj, None) ? 0 : Hash(obj);
    }
}
