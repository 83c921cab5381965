using System.Collections.Immutable;
using System.Text;
using Analytics.PgQuery;

namespace Analytics.Deployment.Testing.Fusion;

/// <summary>Writes expressions of a query in terms of the relation that it reads in the end.</summary>
/// <param name="tokens">The query's text.</param>
internal sealed class ExpressionText(SqlTokens tokens)
{
    private readonly HashSet<string> functions = new(StringComparer.Ordinal);

    /// <summary>The functions that were called in what was written.</summary>
    public ImmutableSortedSet<string> Functions => functions.ToImmutableSortedSet(StringComparer.Ordinal);

    /// <summary>One expression.</summary>
    /// <param name="expression">Its tree.</param>
    /// <param name="range">Its text.</param>
    /// <param name="source">What its names are names of.</param>
    /// <returns>Null when it is not known to be an expression over one row. Aggregates and sets are left to the server to refuse.</returns>
    public string? Write(PgNode expression, TokenRange range, RowSource source)
    {
        var names = new Dictionary<int, PgNode>();
        foreach (var node in expression.Descendants().Prepend(expression))
        {
            switch (node.Kind)
            {
                case "ColumnRef":
                    names[node.Location] = node;
                    break;
                case "FuncCall" when Function(node) is { } function:
                    functions.Add(function);
                    break;
                case "FuncCall" or "SubLink" or "ParamRef" or "GroupingFunc" or "SetToDefault" or "CurrentOfExpr":
                    return null;
                default:
                    break;
            }
        }

        return Write(range, names, source);
    }

    private string? Write(TokenRange range, Dictionary<int, PgNode> names, RowSource source)
    {
        var text = new StringBuilder();
        for (var i = range.Start; i < range.End; i++)
        {
            if (!names.Remove(tokens[i].Start, out var name))
            {
                Append(text, i, tokens.Text(new TokenRange(i, i + 1)));
                continue;
            }

            // A star is no string.
            var path = name.List("fields").Select(part => part.Text("sval")).ToList();
            var last = i + (2 * path.Count) - 2;
            if (
                path.Contains(null)
                || last >= range.End
                || source.Resolve(path!, tokens.Text(new TokenRange(last, last + 1)).ToString()) is not { } resolved
            )
            {
                return null;
            }

            Append(text, i, resolved);
            i = last;
        }

        return names.Count == 0 ? text.ToString() : null;
    }

    // What separates tokens becomes a blank, comments too.
    private void Append(StringBuilder text, int at, ReadOnlySpan<char> token)
    {
        if (text.Length > 0 && tokens[at].Start > tokens[at - 1].End)
        {
            text.Append(' ');
        }

        text.Append(token);
    }

    private static string? Function(PgNode call) =>
        call.HasOnly("funcname", "args", "func_variadic", "funcformat")
            ? call.List("funcname").Last().Text("sval")
            : null;
}
