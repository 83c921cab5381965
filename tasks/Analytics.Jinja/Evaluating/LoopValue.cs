using System.Globalization;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Evaluating;

/// <summary>The <c>loop</c> variable. It looks ahead only as far as the body asks.</summary>
internal sealed class LoopValue(PyIterator items, int depth, RenderContext context, Func<object?, object?>? nested)
    : IPyObject,
        ICallable
{
    private object? next;
    private bool hasNext;
    private Queue<object?>? later;
    private int index0 = -1;
    private object? previous;
    private object? current;
    private object?[]? lastSeen;

    public string Name => "loop";

    public string TypeName => "LoopContext";

    public bool IsFirst => index0 == 0;

    public bool IsLast
    {
        get
        {
            var remaining = items.Remaining;
            return remaining >= 0 ? remaining == 0 && Ahead == 0 : !Peek(1);
        }
    }

    private int Length
    {
        get
        {
            while (items.Remaining < 0 && Peek(Ahead + 1)) { }

            return index0 + 1 + Ahead + Math.Max(items.Remaining, 0);
        }
    }

    private int Ahead => (hasNext ? 1 : 0) + (later?.Count ?? 0);

    public bool TryNext(out object? item)
    {
        if (hasNext)
        {
            item = next;
            next = null;
            hasNext = later is not null && later.TryDequeue(out next);
        }
        else if (!items.TryNext(out item))
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
        var member = LoopMembers.Find(name);
        value = member == LoopMember.None ? null : Get(member);
        return member != LoopMember.None;
    }

    public object? Get(LoopMember member) =>
        member switch
        {
            LoopMember.Index => Boxes.Of(index0 + 1),
            LoopMember.Index0 => Boxes.Of(index0),
            LoopMember.First => Boxes.Of(IsFirst),
            LoopMember.Last => Boxes.Of(IsLast),
            LoopMember.Length => Boxes.Of(Length),
            LoopMember.RevIndex => Boxes.Of(Length - index0),
            LoopMember.RevIndex0 => Boxes.Of(Length - index0 - 1),
            LoopMember.Depth => Boxes.Of(depth + 1),
            LoopMember.Depth0 => Boxes.Of(depth),
            LoopMember.PrevItem => index0 == 0 ? Missing() : previous,
            LoopMember.NextItem => Peek(1) ? next : Missing(),
            LoopMember.Cycle => BuiltIn.WithContext("cycle(*)", Cycle),
            _ => BuiltIn.WithContext("changed(*)", c => Boxes.Of(Changed(c.MorePositional))),
        };

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
        while (Ahead < count)
        {
            if (!items.TryNext(out var item))
            {
                return false;
            }

            if (Ahead >= TextLimits.MaxItems)
            {
                throw TextLimits.TooMany();
            }

            if (hasNext)
            {
                later ??= new Queue<object?>();
                later.Enqueue(item);
            }
            else
            {
                next = item;
                hasNext = true;
            }
        }

        return true;
    }
}
