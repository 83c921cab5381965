using System.Collections.Frozen;
using System.Numerics;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Values;
using static Analytics.Jinja.Filters.FilterTable;

namespace Analytics.Jinja.Filters;

/// <summary>The tests (<c>value is name</c>) by name.</summary>
internal static class TestTable
{
    private static readonly FrozenDictionary<string, BuiltIn> All = new[]
    {
        Named(BuiltIn.Of("defined(value)", c => Boxes.Of(c[0] is not Undefined))),
        Named(BuiltIn.Of("undefined(value)", c => Boxes.Of(c[0] is Undefined))),
        Named(BuiltIn.Of("none(value)", c => Boxes.Of(c[0] is null))),
        Named(BuiltIn.Of("boolean(value)", c => Boxes.Of(c[0] is bool))),
        Named(BuiltIn.Of("true(value)", c => Boxes.Of(c[0] is true))),
        Named(BuiltIn.Of("false(value)", c => Boxes.Of(c[0] is false))),
        Named(BuiltIn.Of("integer(value)", c => Boxes.Of(c[0] is long or BigInteger))),
        Named(BuiltIn.Of("float(value)", c => Boxes.Of(c[0] is double))),
        Named(BuiltIn.Of("number(value)", c => Boxes.Of(Ordering.IsNumber(c[0])))),
        Named(BuiltIn.Of("string(value)", c => Boxes.Of(c[0] is string))),
        Named(BuiltIn.Of("mapping(value)", c => Boxes.Of(c[0] is PyDict))),
        Named(BuiltIn.Of("sequence(value)", c => Boxes.Of(IsSequence(c[0])))),
        Named(BuiltIn.Of("iterable(value)", c => Boxes.Of(Iteration.TryOver(c[0], out _)))),
        Named(BuiltIn.Of("callable(value)", c => Boxes.Of(c[0] is ICallable or Undefined))),
        Named(BuiltIn.Of("sameas(value, other)", c => Boxes.Of(IsSame(c[0], c[1])))),
        Named(BuiltIn.Of("escaped(value)", _ => Boxes.False)),
        Named(BuiltIn.Of("lower(value)", c => Boxes.Of(IsCase(c.AnyText(0), char.IsLower, char.IsUpper)))),
        Named(BuiltIn.Of("upper(value)", c => Boxes.Of(IsCase(c.AnyText(0), char.IsUpper, char.IsLower)))),
        Named(BuiltIn.Of("odd(value)", c => Boxes.Of(Remainder(c, 2L) is 1L or 1.0))),
        Named(BuiltIn.Of("even(value)", c => Boxes.Of(Remainder(c, 2L) is 0L or 0.0))),
        Named(BuiltIn.Of("divisibleby(value, num)", c => Boxes.Of(Remainder(c, c[1]) is 0L or 0.0))),
        Named(BuiltIn.Of("filter(value)", c => Boxes.Of(c[0] is string name && Find(name) is not null))),
        Named(BuiltIn.Of("test(value)", c => Boxes.Of(c[0] is string name && TestTable.Find(name) is not null))),
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
