using Analytics.Jinja.Values;

namespace Analytics.Jinja.Filters;

/// <summary>What <c>map</c> gives: each item through a function when it is asked for.</summary>
internal sealed class MapIterator(object? source, Func<object?, object?> function, RenderContext context) : PyIterator
{
    private PyIterator? items;

    public override bool TryNext(out object? item)
    {
        items ??= Iteration.Over(source);
        if (!items.TryNext(out item))
        {
            return false;
        }

        context.Step();
        item = function(item);
        return true;
    }
}
