using System.Diagnostics.CodeAnalysis;

namespace Analytics.PgQuery;

/// <summary>Either a text that was made from SQL or an error: exactly one of the two is not null.</summary>
public sealed class PgTextResult
{
    internal PgTextResult(string text) => Text = text;

    internal PgTextResult(PgSyntaxError error) => Error = error;

    /// <summary>The text, or null when the SQL is not valid.</summary>
    public string? Text { get; }

    /// <summary>The error, as <see cref="PgParser.Parse"/> reports it, or null.</summary>
    public PgSyntaxError? Error { get; }

    /// <summary>Whether there is a text.</summary>
    [MemberNotNullWhen(true, nameof(Text))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsValid => Text is not null;
}
