using Analytics.Jinja.Tree.Expressions;

namespace Analytics.Jinja.Values;

/// <summary>Operators on values of any type.</summary>
internal static class Operators
{
    public static object? Apply(BinaryOperator op, object? left, object? right, RenderContext context)
    {
        if (Ordering.IsNumber(left) && Ordering.IsNumber(right))
        {
            return Numbers(op, left!, right!);
        }

        if (left is Undefined undefinedLeft)
        {
            throw undefinedLeft.Error();
        }

        if (op == BinaryOperator.Modulo && left is string format)
        {
            return PercentFormat.Apply(format, right);
        }

        if (right is Undefined undefinedRight)
        {
            throw undefinedRight.Error();
        }

        var value = op switch
        {
            BinaryOperator.Add => Join(left, right, context),
            BinaryOperator.Multiply => Repeat(left, right, context) ?? Repeat(right, left, context),
            BinaryOperator.Subtract => Without(left as PySet, right as PySet),
            _ => null,
        };
        if (value is not null)
        {
            return value;
        }

        if (left is IPyOperand operand && operand.TryApply(op, right, isLeft: true, out var result))
        {
            return result;
        }

        if (right is IPyOperand second && second.TryApply(op, left, isLeft: false, out var reversed))
        {
            return reversed;
        }

        throw Unsupported(op, left, right);
    }

    public static object Sign(object? value, bool negate)
    {
        if (value is Undefined undefined)
        {
            throw undefined.Error();
        }

        if (Ordering.IsNumber(value))
        {
            return negate ? Arithmetic.Negate(value!)
                : value is bool flag ? Boxes.Of(flag ? 1L : 0L)
                : value!;
        }

        if (
            value is IPyOperand operand
            && operand.TryApply(BinaryOperator.Multiply, negate ? -1L : 1L, true, out var result)
        )
        {
            return result!;
        }

        throw PyError.Type($"bad operand type for unary {(negate ? '-' : '+')}: '{TypeName.Of(value)}'");
    }

    public static bool Compare(CompareOperator op, object? left, object? right) =>
        op switch
        {
            CompareOperator.Equal => Equality.AreEqual(left, right),
            CompareOperator.NotEqual => !Equality.AreEqual(left, right),
            CompareOperator.In => Iteration.Contains(right, left),
            CompareOperator.NotIn => !Iteration.Contains(right, left),
            CompareOperator.Less => Sets(left, right, op) ?? Ordering.Compare(left, right, "<") == -1,
            CompareOperator.LessOrEqual => Sets(left, right, op) ?? Ordering.Compare(left, right, "<=") is -1 or 0,
            CompareOperator.Greater => Sets(left, right, op) ?? Ordering.Compare(left, right, ">") == 1,
            _ => Sets(left, right, op) ?? Ordering.Compare(left, right, ">=") is 0 or 1,
        };

    private static bool? Sets(object? left, object? right, CompareOperator op)
    {
        if (left is not PySet a || right is not PySet b)
        {
            return null;
        }

        return op switch
        {
            CompareOperator.Less => a.Count < b.Count && a.All(b.Contains),
            CompareOperator.LessOrEqual => a.All(b.Contains),
            CompareOperator.Greater => b.Count < a.Count && b.All(a.Contains),
            _ => b.All(a.Contains),
        };
    }

    private static object Numbers(BinaryOperator op, object left, object right) =>
        op switch
        {
            BinaryOperator.Add => Arithmetic.Add(left, right),
            BinaryOperator.Subtract => Arithmetic.Subtract(left, right),
            BinaryOperator.Multiply => Arithmetic.Multiply(left, right),
            BinaryOperator.Divide => Arithmetic.Divide(left, right),
            BinaryOperator.FloorDivide => Arithmetic.FloorDivide(left, right),
            BinaryOperator.Modulo => Arithmetic.Modulo(left, right),
            _ => Arithmetic.Power(left, right),
        };

    // A method of its own: a lambda in the one above would cost every operation an object.
    private static PySet? Without(PySet? left, PySet? right) =>
        left is null || right is null ? null : new PySet(left.Where(item => !right.Contains(item)));

    private static object? Join(object? left, object? right, RenderContext context)
    {
        switch (left)
        {
            case string text when right is string other:
                context.ChargeText((long)text.Length + other.Length);
                return text + other;
            case string:
                throw PyError.Type($"can only concatenate str (not \"{TypeName.Of(right)}\") to str");
            case PyList list when right is PyList otherList:
                Items((long)list.Count + otherList.Count, context);
                return new PyList([.. list.Items, .. otherList.Items]);
            case PyList:
                throw PyError.Type($"can only concatenate list (not \"{TypeName.Of(right)}\") to list");
            case PyTuple tuple when right is PyTuple otherTuple:
                Items((long)tuple.Count + otherTuple.Count, context);
                return new PyTuple([.. tuple.Items, .. otherTuple.Items]);
            default:
                return null;
        }
    }

    private static object? Repeat(object? value, object? times, RenderContext context)
    {
        if (value is not (string or PyList or PyTuple) || times is not (long or bool))
        {
            return null;
        }

        var count = Math.Max(Arithmetic.ToLong(times), 0);
        switch (value)
        {
            case string text:
                var length = (long)Int128.Min((Int128)text.Length * count, long.MaxValue);
                context.ChargeText(length);
                return length == 0 ? "" : Repeated(text, (int)length);
            case PyList list:
                return new PyList(Copies(list.Items, count, context));
            default:
                return new PyTuple(Copies(((PyTuple)value).Items, count, context).ToArray());
        }
    }

    private static string Repeated(string text, int length) =>
        text.Length == 1
            ? new string(text[0], length)
            : string.Create(
                length,
                text,
                static (target, part) =>
                {
                    for (var at = 0; at < target.Length; at += part.Length)
                    {
                        part.CopyTo(target[at..]);
                    }
                }
            );

    private static List<object?> Copies(IReadOnlyList<object?> items, long count, RenderContext context)
    {
        var size = (long)Int128.Min((Int128)items.Count * count, long.MaxValue);
        Items(size, context);
        var all = new List<object?>((int)size);
        while (all.Count < size)
        {
            all.AddRange(items);
        }

        return all;
    }

    private static void Items(long count, RenderContext context)
    {
        if (count > TextLimits.MaxItems)
        {
            throw TextLimits.TooMany();
        }

        context.Charge((int)count);
    }

    private static PyError Unsupported(BinaryOperator op, object? left, object? right)
    {
        var symbol = op switch
        {
            BinaryOperator.Add => "+",
            BinaryOperator.Subtract => "-",
            BinaryOperator.Multiply => "*",
            BinaryOperator.Divide => "/",
            BinaryOperator.FloorDivide => "//",
            BinaryOperator.Modulo => "%",
            _ => "** or pow()",
        };
        return PyError.Type(
            $"unsupported operand type(s) for {symbol}: '{TypeName.Of(left)}' and '{TypeName.Of(right)}'"
        );
    }
}
