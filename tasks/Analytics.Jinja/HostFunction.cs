namespace Analytics.Jinja;

/// <summary>A function of the host. Instances are shared by threads unless the host gives each context its own.</summary>
public abstract class HostFunction : ICallable
{
    /// <summary>Names the function.</summary>
    protected HostFunction(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public abstract object? Invoke(CallArguments args);

    /// <summary>A function from a delegate.</summary>
    public static HostFunction Create(string name, Func<CallArguments, object?> body) =>
        new DelegateFunction(name, body);

    private sealed class DelegateFunction(string name, Func<CallArguments, object?> body) : HostFunction(name)
    {
        public override object? Invoke(CallArguments args) => body(args);
    }
}
