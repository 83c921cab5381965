using System.Globalization;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Evaluating;

/// <summary>The <c>loop</c> variable. It looks ahead only as far as the body asks.</summary>
internal sealed class LoopValue(PyIterator items, int depth, RenderContext context, Func<object?, object?>? nested)
    : IPyObject,
        ICallable
{
    private Queue<object?>? ahead;
    private int index0 = -1;
    private object? previous;
    private object? current;
    private object?[]? lastSeen;

    public string Name => "loop";

    public string TypeName => "LoopContext";

    private int Length
    {
        get
        {
            while (items.Remaining is null && Peek(Ahead + 1)) { }

            return index0 + 1 + Ahead + (items.Remaining ?? 0);
        }
    }

    private int Ahead => ahead?.Count ?? 0;

    private bool HasNext => Ahead > 0 || (items.Remaining is { } remaining ? remaining > 0 : Peek(1));

    public bool TryNext(out object? item)
    {
        item = null;
        if (ahead?.TryDequeue(out item) != true && !items.TryNext(out item))
        {
            return false;
        }

        index0++;
        previous = current;
        current = item;
        return true;
    }

    /// <summary>Runs a recursive loop again on other items.</summary>
    public object? Invoke(CallArguments args) =>
        nested is null ? throw PyError.Type("The loop must have the 'recursive' marker to be called recursively.")
        : args.PositionalArray is [var inner] ? nested(inner)
        : throw PyError.Argument("loop() takes one argument");

    public string Repr() => string.Create(CultureInfo.InvariantCulture, $"<LoopContext {index0 + 1}/{Length}>");

    public bool TryGetAttribute(string name, out object? value)
    {
        switch (name)
        {
            case "index":
                value = Boxes.Of(index0 + 1);
                return true;
            case "index0":
                value = Boxes.Of(index0);
                return true;
            case "first":
                value = Boxes.Of(index0 == 0);
                return true;
            case "last":
                value = Boxes.Of(!HasNext);
                return true;
            case "length":
                value = Boxes.Of(Length);
                return true;
            case "revindex":
                value = Boxes.Of(Length - index0);
                return true;
            case "revindex0":
                value = Boxes.Of(Length - index0 - 1);
                return true;
            case "depth":
                value = Boxes.Of(depth + 1);
                return true;
            case "depth0":
                value = Boxes.Of(depth);
                return true;
            case "previtem":
                value = index0 == 0 ? Missing() : previous;
                return true;
            case "nextitem":
                value = Peek(1) ? ahead!.Peek() : Missing();
                return true;
            case "cycle":
                value = BuiltIn.WithContext("cycle(*)", Cycle);
                return true;
            case "changed":
                value = BuiltIn.WithContext("changed(*)", c => Boxes.Of(Changed(c.MorePositional)));
                return true;
            default:
                value = null;
                return false;
        }
    }

    private Undefined Missing() =>
        new(
            TemplateErrorKind.UndefinedAttribute,
            null,
            "there is no such item",
            captures: context.Options.Undefined == UndefinedBehavior.Capture
        );

    private object? Cycle(BuiltInCall call) =>
        call.MorePositional.Length > 0
            ? call.MorePositional[index0 % call.MorePositional.Length]
            : throw PyError.Type("no items for cycling given");

    private bool Changed(object?[] values)
    {
        if (lastSeen is not null && Equality.AreEqual(new PyTuple(lastSeen), new PyTuple(values)))
        {
            return false;
        }

        lastSeen = values;
        return true;
    }

    private bool Peek(int count)
    {
        ahead ??= new Queue<object?>();
        while (ahead.Count < count)
        {
            if (!items.TryNext(out var item))
            {
                return false;
            }

            if (ahead.Count >= TextLimits.MaxItems)
            {
                throw TextLimits.TooMany();
            }

            ahead.Enqueue(item);
        }

        return true;
    }
}
