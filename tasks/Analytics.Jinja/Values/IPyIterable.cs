namespace Analytics.Jinja.Values;

/// <summary>A value of the engine that can be looped over more than once.</summary>
internal interface IPyIterable
{
    /// <summary>The number of items; null when <c>length</c> does not know it.</summary>
    public int? Count { get; }

    public PyIterator Iterate();
}
