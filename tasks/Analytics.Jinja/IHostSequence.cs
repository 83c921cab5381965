namespace Analytics.Jinja;

/// <summary>A host object that templates may loop over.</summary>
public interface IHostSequence : IHostObject
{
    /// <summary>The number of items, what <c>length</c> gives.</summary>
    public int Count { get; }

    /// <summary>The items in order.</summary>
    public IEnumerable<object?> Items();
}
