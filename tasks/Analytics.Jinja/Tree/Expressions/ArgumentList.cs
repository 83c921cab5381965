using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary>The arguments that a call, a filter or a test writes.</summary>
internal sealed class ArgumentList(
    Expression[] positional,
    NamedArgument[] named,
    Expression? star,
    Expression? doubleStar
) : IArgumentSpans
{
    public static readonly ArgumentList Empty = new([], [], null, null);

    public bool IsConstant =>
        star is null
        && doubleStar is null
        && Array.TrueForAll(positional, p => p.IsConstant)
        && Array.TrueForAll(named, n => n.Value.IsConstant);

    /// <summary>True for positional arguments only.</summary>
    public bool IsPlain { get; } = named.Length == 0 && star is null && doubleStar is null;

    public int PositionalCount => positional.Length;

    /// <summary>True when the arguments are known by number and name only when they are evaluated.</summary>
    public bool HasStars => star is not null || doubleStar is not null;

    /// <summary>The names of the named arguments in order.</summary>
    public IEnumerable<string> Names => named.Select(n => n.Name);

    /// <summary>Evaluates the positional and then the named arguments into slots of another frame.</summary>
    public void EvaluateInto(object?[] values, int[] slots, Frame frame)
    {
        for (var i = 0; i < positional.Length; i++)
        {
            values[slots[i]] = positional[i].Evaluate(frame);
        }

        for (var i = 0; i < named.Length; i++)
        {
            values[slots[positional.Length + i]] = named[i].Value.Evaluate(frame);
        }
    }

    public object? EvaluateAt(int index, Frame frame) => positional[index].Evaluate(frame);

    public SourceSpan? SpanOf(int index) =>
        index >= 0 && index < positional.Length ? positional[index].Span : star?.Span;

    public SourceSpan? SpanOf(string name)
    {
        foreach (var argument in named)
        {
            if (string.Equals(argument.Name, name, StringComparison.Ordinal))
            {
                return argument.Value.Span;
            }
        }

        return doubleStar?.Span;
    }

    /// <summary>The arguments as a host function gets them.</summary>
    public CallArguments Bind(Frame frame, SourceSpan span, MacroValue? caller = null) =>
        new(frame.Context, Positional(frame), Named(frame, caller), span, this);

    public object?[] Positional(Frame frame)
    {
        if (star is null)
        {
            if (positional.Length == 0)
            {
                return [];
            }

            var values = new object?[positional.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = positional[i].Evaluate(frame);
            }

            return values;
        }

        var all = new List<object?>();
        foreach (var expression in positional)
        {
            all.Add(expression.Evaluate(frame));
        }

        var rest = star.Evaluate(frame);
        try
        {
            all.AddRange(Iteration.ToList(rest, frame.Context));
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, star.Span);
        }

        return [.. all];
    }

    /// <param name="frame">The variables.</param>
    /// <param name="caller">The body of a call block, passed last; null for a plain call.</param>
    public KeyValuePair<string, object?>[] Named(Frame frame, MacroValue? caller = null)
    {
        if (named.Length == 0 && doubleStar is null && caller is null)
        {
            return [];
        }

        if (doubleStar is null && caller is null)
        {
            return Array.ConvertAll(named, n => KeyValuePair.Create(n.Name, n.Value.Evaluate(frame)));
        }

        var values = new List<KeyValuePair<string, object?>>(named.Length + 1);
        foreach (var argument in named)
        {
            values.Add(new(argument.Name, argument.Value.Evaluate(frame)));
        }

        if (doubleStar is not null)
        {
            AddEntries(values, doubleStar.Evaluate(frame), frame);
        }

        if (caller is not null)
        {
            values.Add(new("caller", caller));
        }

        return [.. values];
    }

    private void AddEntries(List<KeyValuePair<string, object?>> values, object? source, Frame frame)
    {
        if (source is not PyDict dict)
        {
            throw frame.Context.Error(
                PyError.Type($"argument after ** must be a mapping, not {TypeName.Of(source)}"),
                doubleStar!.Span
            );
        }

        foreach (var (key, value) in dict)
        {
            var error =
                key is not string name ? PyError.Type("keywords must be strings")
                : values.Exists(v => string.Equals(v.Key, name, StringComparison.Ordinal))
                    ? PyError.Argument($"got multiple values for keyword argument '{name}'")
                : null;
            if (error is not null)
            {
                throw frame.Context.Error(error, doubleStar!.Span);
            }

            values.Add(new((string)key!, value));
        }
    }
}
