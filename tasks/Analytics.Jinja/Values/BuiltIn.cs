using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Text;

namespace Analytics.Jinja.Values;

/// <summary>A filter, test, method or function of the engine with a signature that arguments are bound to.</summary>
internal sealed class BuiltIn : ICallable, IPyObject
{
    private readonly string[] parameters;
    private readonly int required;
    private readonly bool takesMorePositional;
    private readonly bool takesMoreNamed;
    private readonly Func<BuiltInCall, object?> body;
    private readonly Func<object?, object?>? ofValue;
    private readonly Func<object?, bool>? predicate;

    private BuiltIn(string signature, Func<BuiltInCall, object?> body, bool usesContext)
    {
        // "name(a, b, c?, *, **)": c is optional, * takes more positional and ** more named arguments.
        var open = signature.IndexOf('(', StringComparison.Ordinal);
        Name = signature[..open];
        UsesContext = usesContext;
        this.body = body;
        var names = new List<string>();
        foreach (
            var part in signature[(open + 1)..^1]
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            switch (part)
            {
                case "*":
                    takesMorePositional = true;
                    break;
                case "**":
                    takesMoreNamed = true;
                    break;
                default:
                    required += part[^1] == '?' ? 0 : 1;
                    names.Add(part.TrimEnd('?'));
                    break;
            }
        }

        parameters = [.. names];
    }

    private BuiltIn(string signature, Func<object?, object?> ofValue)
        : this(signature, c => ofValue(c[0]), false)
    {
        this.ofValue = ofValue;
    }

    private BuiltIn(string signature, Func<object?, bool> predicate)
        : this(signature, c => Boxes.Of(predicate(c[0])), false)
    {
        this.predicate = predicate;
    }

    public string Name { get; }

    /// <summary>True when the result depends on more than the arguments, so that it cannot be computed while parsing.</summary>
    public bool UsesContext { get; }

    public string TypeName => "builtin_function_or_method";

    /// <summary>A filter of one value that knows nothing else: it is called without binding.</summary>
    public static BuiltIn OfValue(string signature, Func<object?, object?> body) => new(signature, body);

    /// <summary>A test of one value.</summary>
    public static BuiltIn OfTest(string signature, Func<object?, bool> predicate) => new(signature, predicate);

    public static BuiltIn Of(string signature, Func<BuiltInCall, object?> body) => new(signature, body, false);

    public static BuiltIn WithContext(string signature, Func<BuiltInCall, object?> body) => new(signature, body, true);

    /// <summary>Calls a function.</summary>
    public object? Invoke(CallArguments args) => body(Bind(args, 0, null));

    /// <summary>Calls a method on its object, or a filter on its value: the first parameter.</summary>
    public object? Invoke(object? self, CallArguments args) => body(Bind(args, 1, self));

    /// <summary>Calls a function as it is written: few positional arguments are bound without an array.</summary>
    public object? Invoke(ArgumentList arguments, Frame frame, SourceSpan span)
    {
        var count = arguments.PositionalCount;
        if (!arguments.IsPlain || count < required || count > parameters.Length || count > BuiltInCall.Few)
        {
            return Invoke(arguments.Bind(frame, span));
        }

        var first = count > 0 ? arguments.EvaluateAt(0, frame) : null;
        var second = count > 1 ? arguments.EvaluateAt(1, frame) : null;
        var third = count > 2 ? arguments.EvaluateAt(2, frame) : null;
        return body(new BuiltInCall(frame.Context, span, arguments, count, first, second, third));
    }

    /// <summary>Applies a method, filter or test as it is written to its value.</summary>
    public object? Apply(object? self, ArgumentList arguments, Frame frame, SourceSpan span)
    {
        var count = arguments.PositionalCount + 1;
        if (!arguments.IsPlain || count < required)
        {
            return Invoke(self, arguments.Bind(frame, span));
        }

        if (count == 1 && ofValue is not null)
        {
            return ofValue(self);
        }

        if (count > parameters.Length || count > BuiltInCall.Few)
        {
            return takesMorePositional && parameters.Length == 1
                ? body(
                    new BuiltInCall(
                        frame.Context,
                        span,
                        arguments,
                        1,
                        self,
                        morePositional: arguments.Positional(frame)
                    )
                )
                : Invoke(self, arguments.Bind(frame, span));
        }

        var second = count > 1 ? arguments.EvaluateAt(0, frame) : null;
        var third = count > 2 ? arguments.EvaluateAt(1, frame) : null;
        return body(new BuiltInCall(frame.Context, span, arguments, count, self, second, third));
    }

    /// <summary>Applies a test as it is written to its value.</summary>
    public bool Holds(object? self, ArgumentList arguments, Frame frame, SourceSpan span) =>
        predicate is not null && ReferenceEquals(arguments, ArgumentList.Empty)
            ? predicate(self)
            : Truth.Of(Apply(self, arguments, frame, span));

    /// <summary>A filter with its arguments, to apply to many values.</summary>
    public Func<object?, object?> Filter(CallArguments args) =>
        ofValue is not null && args.PositionalArray.Length == 0 && args.NamedArray.Length == 0
            ? ofValue
            : value => Invoke(value, args);

    /// <summary>A test with its arguments, to apply to many values.</summary>
    public Func<object?, bool> Test(CallArguments args) =>
        predicate is not null && args.PositionalArray.Length == 0 && args.NamedArray.Length == 0
            ? predicate
            : value => Truth.Of(Invoke(value, args));

    public string Repr() => $"<function {Name}>";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "name" ? Name : null;
        return value is not null;
    }

    private BuiltInCall Bind(CallArguments args, int offset, object? self)
    {
        // Most filters and methods are called with what they need and no more.
        var positional = args.PositionalArray;
        var values = new object?[parameters.Length];
        if (positional.Length + offset < values.Length)
        {
            Array.Fill(values, Frame.Unset);
        }

        if (offset == 1)
        {
            values[0] = self;
        }

        var taken = Math.Min(positional.Length, parameters.Length - offset);
        Array.Copy(positional, 0, values, offset, taken);
        if (taken < positional.Length && !takesMorePositional)
        {
            throw new PyError(
                TemplateErrorKind.Argument,
                $"{Name}() takes at most {parameters.Length - offset} argument(s) ({positional.Length} given)",
                origin: args.SpanOf(taken)
            );
        }

        var moreNamed = BindNamed(args, values, taken + offset);
        for (var i = 0; i < required; i++)
        {
            if (ReferenceEquals(values[i], Frame.Unset))
            {
                throw PyError.Argument($"{Name}() missing required argument: '{parameters[i]}'");
            }
        }

        return new BuiltInCall(args, values, taken == positional.Length ? [] : positional[taken..], moreNamed);
    }

    private KeyValuePair<string, object?>[] BindNamed(CallArguments args, object?[] values, int filled)
    {
        if (args.NamedArray.Length == 0)
        {
            return [];
        }

        if (takesMoreNamed && !Array.Exists(args.NamedArray, n => Array.IndexOf(parameters, n.Key) >= 0))
        {
            return args.NamedArray;
        }

        List<KeyValuePair<string, object?>>? more = null;
        foreach (var pair in args.NamedArray)
        {
            var index = Array.IndexOf(parameters, pair.Key);
            if (index >= filled)
            {
                values[index] = pair.Value;
            }
            else if (takesMoreNamed && index < 0)
            {
                more ??= [];
                more.Add(pair);
            }
            else
            {
                var message =
                    index < 0
                        ? $"{Name}() got an unexpected keyword argument '{pair.Key}'"
                        : $"{Name}() got multiple values for argument '{pair.Key}'";
                throw new PyError(TemplateErrorKind.Argument, message, pair.Key, args.SpanOf(pair.Key));
            }
        }

        return more is null ? [] : [.. more];
    }
}
