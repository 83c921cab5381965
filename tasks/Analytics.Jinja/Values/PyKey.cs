using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>How dict keys and set members are hashed and compared.</summary>
internal static class PyKey
{
    /// <summary>Refuses a value that has no hash, as a key or a member must have one.</summary>
    /// <exception cref="PyError">The value is a list, a dict or a set, or a tuple that holds one.</exception>
    public static void Refuse(object? value)
    {
        if (value is PyTuple or PyList or PyDict or PySet)
        {
            Hash(value);
        }
    }

    public static bool AreEqual(object? left, object? right) =>
        left is string text && right is string other
            ? string.Equals(text, other, StringComparison.Ordinal)
            : Equality.AreEqual(left, right);

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
}
