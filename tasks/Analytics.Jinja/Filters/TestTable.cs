using System.Collections.Frozen;
using System.Numerics;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Values;
using Analytics.Text;
using static Analytics.Jinja.Filters.FilterTable;

namespace Analytics.Jinja.Filters;

/// <summary>The tests (<c>value is name</c>) by name.</summary>
internal static class TestTable
{
    private static readonly FrozenDictionary<string, BuiltIn> All = new[]
    {
        Named(BuiltIn.OfTest("defined(value)", v => v is not Undefined)),
        Named(BuiltIn.OfTest("undefined(value)", v => v is Undefined)),
        Named(BuiltIn.OfTest("none(value)", v => v is null)),
        Named(BuiltIn.OfTest("boolean(value)", v => v is bool)),
        Named(BuiltIn.OfTest("true(value)", v => v is true)),
        Named(BuiltIn.OfTest("false(value)", v => v is false)),
        Named(BuiltIn.OfTest("integer(value)", v => v is long or BigInteger)),
        Named(BuiltIn.OfTest("float(value)", v => v is double)),
        Named(BuiltIn.OfTest("number(value)", Ordering.IsNumber)),
        Named(BuiltIn.OfTest("string(value)", v => v is string)),
        Named(BuiltIn.OfTest("mapping(value)", v => v is PyDict or IHostObject { IsMapping: true })),
        Named(BuiltIn.OfTest("sequence(value)", IsSequence)),
        Named(BuiltIn.OfTest("iterable(value)", v => Iteration.TryOver(v, out _))),
        Named(BuiltIn.OfTest("callable(value)", v => v is ICallable or Undefined)),
        Named(BuiltIn.Of("sameas(value, other)", c => Boxes.Of(IsSame(c[0], c[1])))),
        Named(BuiltIn.OfTest("escaped(value)", _ => false)),
        Named(BuiltIn.OfTest("lower(value)", v => IsCase(PyText.Str(v), char.IsLower, char.IsUpper))),
        Named(BuiltIn.OfTest("upper(value)", v => IsCase(PyText.Str(v), char.IsUpper, char.IsLower))),
        Named(BuiltIn.Of("odd(value)", c => Boxes.Of(Remainder(c, 2L) is 1L or 1.0))),
        Named(BuiltIn.Of("even(value)", c => Boxes.Of(Remainder(c, 2L) is 0L or 0.0))),
        Named(BuiltIn.Of("divisibleby(value, num)", c => Boxes.Of(Remainder(c, c[1]) is 0L or 0.0))),
        Named(BuiltIn.OfTest("filter(value)", v => v is string name && FilterTable.Find(name) is not null)),
        Named(BuiltIn.OfTest("test(value)", v => v is string name && Find(name) is not null)),
        Named(BuiltIn.Of("in(value, seq)", c => Compare(c, CompareOperator.In))),
        Named(BuiltIn.Of("eq(value, other)", c => Compare(c, CompareOperator.Equal)), "==", "equalto"),
        Named(BuiltIn.Of("ne(value, other)", c => Compare(c, CompareOperator.NotEqual)), "!="),
        Named(BuiltIn.Of("lt(value, other)", c => Compare(c, CompareOperator.Less)), "<", "lessthan"),
        Named(BuiltIn.Of("le(value, other)", c => Compare(c, CompareOperator.LessOrEqual)), "<="),
        Named(BuiltIn.Of("gt(value, other)", c => Compare(c, CompareOperator.Greater)), ">", "greaterthan"),
        Named(BuiltIn.Of("ge(value, other)", c => Compare(c, CompareOperator.GreaterOrEqual)), ">="),
    }
        .SelectMany(t => t)
        .ToFrozenDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal);

    public static BuiltIn? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>What to say of a name that <see cref="Find"/> does not know.</summary>
    public static string Unknown(string name) =>
        NearName.Find(name, All.Keys) is { } near
            ? $"No test named '{name}'; did you mean '{near}'?"
            : $"No test named '{name}'";

    private static object Compare(BuiltInCall call, CompareOperator op) =>
        Boxes.Of(Operators.Compare(op, call[0], call[1]));

    private static object? Remainder(BuiltInCall call, object? divisor) =>
        Operators.Apply(BinaryOperator.Modulo, call[0], divisor, call.Context);

    // Has a length and items by key: sets and lazy values have not.
    private static bool IsSequence(object? value) =>
        value is string or PyList or PyTuple or PyDict or PyRange or Undefined or PyGroup || value is IHostSequence;

    private static bool IsCase(string text, Func<char, bool> wanted, Func<char, bool> other) =>
        text.Any(wanted) && !text.Any(other);

    // Numbers and texts have no identity here: two equal ones of one type are the same.
    private static bool IsSame(object? left, object? right) =>
        ReferenceEquals(left, right)
        || (
            left is long or bool or double or string
            && left.GetType() == right?.GetType()
            && Equality.AreEqual(left, right)
        );
}
