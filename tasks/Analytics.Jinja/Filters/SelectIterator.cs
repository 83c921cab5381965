using Analytics.Jinja.Values;

namespace Analytics.Jinja.Filters;

/// <summary>What <c>select</c> and its kin give: the items that are kept, when they are asked for.</summary>
/// <param name="source">All items.</param>
/// <param name="get">What of an item is tested; null for itself.</param>
/// <param name="test">The test.</param>
/// <param name="keep">What the test must say.</param>
/// <param name="context">The render.</param>
internal sealed class SelectIterator(
    object? source,
    Func<object?, object?>? get,
    Func<object?, bool> test,
    bool keep,
    RenderContext context
) : PyIterator
{
    private PyIterator? items;

    public override bool TryNext(out object? item)
    {
        items ??= Iteration.Over(source);
        while (items.TryNext(out item))
        {
            context.Step();
            if (test(get is null ? item : get(item)) == keep)
            {
                return true;
            }
        }

        return false;
    }
}
