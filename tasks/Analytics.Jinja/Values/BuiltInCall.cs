using System.Numerics;
using Analytics.Jinja.Evaluating;

namespace Analytics.Jinja.Values;

/// <summary>The bound arguments of a built-in call.</summary>
internal readonly struct BuiltInCall(
    CallArguments call,
    object?[] values,
    object?[] morePositional,
    KeyValuePair<string, object?>[] moreNamed
)
{
    public RenderContext Context => call.Context;

    /// <summary>The call as written, to pass on.</summary>
    public CallArguments Call => call;

    public object?[] MorePositional => morePositional;

    public KeyValuePair<string, object?>[] MoreNamed => moreNamed;

    /// <summary>The argument, or null when it was not passed.</summary>
    public object? this[int index] => Has(index) ? values[index] : null;

    public bool Has(int index) => !ReferenceEquals(values[index], Frame.Unset);

    /// <summary>True when the argument was passed and is not <c>none</c>.</summary>
    public bool IsGiven(int index) => Has(index) && values[index] is not null;

    /// <summary>An argument that must be a text.</summary>
    public string Text(int index) =>
        values[index] switch
        {
            string text => text,
            Undefined undefined => throw undefined.Error(),
            _ => throw PyError.Type($"expected str, got {TypeName.Of(this[index])}"),
        };

    public string Text(int index, string ifAbsent) => IsGiven(index) ? Text(index) : ifAbsent;

    /// <summary>Any argument as text, as filters take their value.</summary>
    public string AnyText(int index) => PyText.Str(this[index]);

    public long Integer(int index) =>
        values[index] switch
        {
            long number => number,
            bool flag => flag ? 1 : 0,
            BigInteger => throw PyError.Value("The integer is too large"),
            Undefined undefined => throw undefined.Error(),
            _ => throw PyError.Type($"'{TypeName.Of(this[index])}' object cannot be interpreted as an integer"),
        };

    public long Integer(int index, long ifAbsent) => IsGiven(index) ? Integer(index) : ifAbsent;

    /// <summary>An integer that will be the size of something.</summary>
    public int Size(int index, int ifAbsent = 0)
    {
        var size = Integer(index, ifAbsent);
        return size > TextLimits.MaxWidth ? throw TextLimits.TooWide() : (int)Math.Max(size, -1);
    }

    public bool Flag(int index, bool ifAbsent = false) => Has(index) ? Truth.Of(values[index]) : ifAbsent;

    /// <summary>Calls a value with one argument.</summary>
    public object? Apply(object? callee, params object?[] arguments) =>
        Calls.Invoke(callee, new CallArguments(Context, arguments, [], call.Span, null));
}
