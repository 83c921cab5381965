using System.Numerics;
using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Values;

/// <summary>The bound arguments of a built-in call.</summary>
internal readonly struct BuiltInCall
{
    private readonly object? first;
    private readonly object?[]? values;
    private readonly CallArguments? call;
    private readonly SourceSpan span;

    /// <summary>A call whose parameters are bound.</summary>
    public BuiltInCall(
        CallArguments call,
        object?[] values,
        object?[] morePositional,
        KeyValuePair<string, object?>[] moreNamed
    )
    {
        this.call = call;
        this.values = values;
        Context = call.Context;
        MorePositional = morePositional;
        MoreNamed = moreNamed;
    }

    /// <summary>A call with one value and nothing else, which most filters and tests are.</summary>
    public BuiltInCall(RenderContext context, object? first, in SourceSpan span)
    {
        this.first = first;
        this.span = span;
        Context = context;
        MorePositional = [];
        MoreNamed = [];
    }

    public RenderContext Context { get; }

    public object?[] MorePositional { get; }

    public KeyValuePair<string, object?>[] MoreNamed { get; }

    /// <summary>The call as written, to pass on.</summary>
    public CallArguments Call => call ?? new CallArguments(Context, [], [], span, null);

    /// <summary>The argument, or null when it was not passed.</summary>
    public object? this[int index] =>
        values is null ? (index == 0 ? first : null)
        : ReferenceEquals(values[index], Frame.Unset) ? null
        : values[index];

    public bool Has(int index) => values is null ? index == 0 : !ReferenceEquals(values[index], Frame.Unset);

    /// <summary>True when the argument was passed and is not <c>none</c>.</summary>
    public bool IsGiven(int index) => this[index] is not null;

    /// <summary>An argument that must be a text.</summary>
    public string Text(int index) =>
        this[index] switch
        {
            string text => text,
            Undefined undefined => throw undefined.Error(),
            _ => throw PyError.Type($"expected str, got {TypeName.Of(this[index])}"),
        };

    public string Text(int index, string ifAbsent) => IsGiven(index) ? Text(index) : ifAbsent;

    /// <summary>Any argument as text, as filters take their value.</summary>
    public string AnyText(int index) => PyText.Str(this[index]);

    public long Integer(int index) =>
        this[index] switch
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

    public bool Flag(int index, bool ifAbsent = false) => Has(index) ? Truth.Of(this[index]) : ifAbsent;

    /// <summary>Calls a value with one argument.</summary>
    public object? Apply(object? callee, params object?[] arguments) =>
        Calls.Invoke(callee, new CallArguments(Context, arguments, [], Call.Span, null));
}
