namespace Analytics.Compiler.Loading;

/// <summary>Environment variables, so that tests and the language server can give their own.</summary>
public interface IEnvironment
{
    /// <summary>The value of a variable, or null when it is not set.</summary>
    /// <param name="name">The variable's name, exactly.</param>
    public string? Get(string name);
}

/// <summary>The variables of this process, read at each call.</summary>
public sealed class ProcessEnvironment : IEnvironment
{
    /// <summary>The only instance.</summary>
    public static ProcessEnvironment Instance { get; } = new();

    private ProcessEnvironment() { }

    /// <inheritdoc />
    public string? Get(string name) => Environment.GetEnvironmentVariable(name);
}
