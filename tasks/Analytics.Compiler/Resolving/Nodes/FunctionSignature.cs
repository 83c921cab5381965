using System.Collections.Immutable;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>What stands around the body of a function.</summary>
/// <param name="Arguments">In order.</param>
/// <param name="Returns">The SQL of the type it gives.</param>
/// <param name="ReturnsDescription">Null without one.</param>
/// <param name="Volatility">PostgreSQL's word; empty for its default, <c>volatile</c>.</param>
public sealed record FunctionSignature(
    ImmutableArray<FunctionArgument> Arguments,
    string Returns,
    string? ReturnsDescription,
    string Volatility
)
{
    /// <summary>The text before and after a body in the statement that makes the function.</summary>
    /// <param name="name">Where it is made.</param>
    /// <param name="body">The body: the quotes around it are such that it does not end them.</param>
    /// <param name="replace">Whether a function that is there gets the new body.</param>
    public (string Prefix, string Suffix) Around(RelationName name, string body, bool replace)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(body);

        // A body that ends with a dollar sign would lengthen the quote: a line feed stands between them.
        var tag = "$$";
        for (var i = 0; body.Contains(tag, StringComparison.Ordinal); i++)
        {
            tag = FormattableString.Invariant($"$body{i}$");
        }

        var arguments = string.Join(", ", Arguments.Select(argument => argument.ToSql()));
        var volatility = Volatility.Length == 0 ? string.Empty : $" {Volatility}";
        return (
            $"create {(replace ? "or replace " : string.Empty)}function {name.ToSql()} ({arguments})\nreturns {Returns}{volatility} language sql as {tag}\n",
            $"\n{tag}"
        );
    }
}

/// <summary>An argument of a function.</summary>
/// <param name="Name">Its name as written.</param>
/// <param name="DataType">The SQL of its type.</param>
/// <param name="Default">The SQL of its default; null without one.</param>
/// <param name="Description">Empty without one.</param>
public sealed record FunctionArgument(string Name, string DataType, string? Default, string Description)
{
    /// <summary>As it stands between the parentheses; like dbt, without quotes around the name.</summary>
    public string ToSql() => Default is null ? $"{Name} {DataType}" : $"{Name} {DataType} default {Default}";
}
