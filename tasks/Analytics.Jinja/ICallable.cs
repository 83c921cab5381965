namespace Analytics.Jinja;

/// <summary>A value that templates may call.</summary>
public interface ICallable
{
    /// <summary>The name that messages and stacks show.</summary>
    public string Name { get; }

    /// <summary>Calls it.</summary>
    /// <returns>A value as templates know them; null is <c>None</c>.</returns>
    public object? Invoke(CallArguments args);
}
