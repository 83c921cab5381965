using System.Numerics;
using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Values;

/// <summary>The bound arguments of a built-in call.</summary>
internal readonly struct BuiltInCall
{
    /// <summary>How many arguments fit without an array.</summary>
    public const int Few = 3;

    private readonly object? first;
    private readonly object? second;
    private readonly object? third;
    private readonly int count;
    private readonly object?[]? values;
    private readonly IArgumentSpans? spans;

    /// <summary>A call whose parameters are bound.</summary>
    public BuiltInCall(
        CallArguments call,
        object?[] values,
        object?[] morePositional,
        KeyValuePair<string, object?>[] moreNamed
    )
    {
        this.values = values;
        spans = call.Spans;
        Context = call.Context;
        Span = call.Span;
        MorePositional = morePositional;
        MoreNamed = moreNamed;
    }

    /// <summary>A call with no more arguments than <see cref="Few"/>, which nearly all are.</summary>
    public BuiltInCall(
        RenderContext context,
        SourceSpan span,
        IArgumentSpans? spans,
        int count,
        object? first,
        object? second = null,
        object? third = null,
        object?[]? morePositional = null
    )
    {
        this.spans = spans;
        this.count = count;
        this.first = first;
        this.second = second;
        this.third = third;
        Context = context;
        Span = span;
        MorePositional = morePositional ?? [];
        MoreNamed = [];
    }

    public RenderContext Context { get; }

    /// <summary>The place of the call.</summary>
    public SourceSpan Span { get; }

    public object?[] MorePositional { get; }

    public KeyValuePair<string, object?>[] MoreNamed { get; }

    /// <summary>The argument, or null when it was not passed.</summary>
    public object? this[int index] =>
        values is not null ? (ReferenceEquals(values[index], Frame.Unset) ? null : values[index])
        : index == 0 ? first
        : index == 1 ? second
        : index == 2 ? third
        : null;

    /// <summary>The place of an argument as written, counted without the value that a method or filter is applied to.</summary>
    public SourceSpan SpanOf(int index) => spans?.SpanOf(index) ?? Span;

    public bool Has(int index) => values is null ? index < count : !ReferenceEquals(values[index], Frame.Unset);

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
        Calls.Invoke(callee, new CallArguments(Context, arguments, [], Span, null));
}
