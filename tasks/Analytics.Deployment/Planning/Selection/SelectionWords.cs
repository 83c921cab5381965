using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Analytics.Text;

namespace Analytics.Deployment.Planning.Selection;

/// <summary>Reads a selection as it is written on a command line: blanks unite, commas intersect and bind tighter.</summary>
/// <param name="problems">Gets what is wrong: the word, its place, and what was expected.</param>
internal sealed partial class SelectionWords(ICollection<SelectionProblem> problems)
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    /// <summary>What the text selects; words that make no sense are reported and left out.</summary>
    public Combination Read(string text, SourceSpan? span)
    {
        var parts = ImmutableArray.CreateBuilder<SelectionPart>();
        foreach (var word in text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries))
        {
            var criteria = word.Split(',').Select(part => Criterion(part, word, span)).ToList();
            if (criteria.TrueForAll(criterion => criterion is not null))
            {
                parts.Add(criteria is [{ } only] ? only : new Combination(true, [.. criteria!], [], span));
            }
        }

        return new Combination(false, parts.ToImmutable(), [], span);
    }

    private Criterion? Criterion(string text, string word, SourceSpan? span)
    {
        if (text.Length == 0)
        {
            return Refuse(word, "a comma stands between two criteria", span);
        }

        var match = Grammar().Match(text);
        var value = match.Groups["value"].Value;
        var method = match.Groups["method"];
        var isAt = match.Groups["at"].Success;
        if (value.Length == 0)
        {
            return Refuse(
                text,
                method.Success ? $"a value is expected after '{method.Value}:'" : "a name is expected",
                span
            );
        }

        if (isAt && match.Groups["children"].Success)
        {
            return Refuse(text, "'@' takes all readers already, so no '+' can follow", span);
        }

        var above = Generations(match.Groups["parents"]);
        var below = Generations(match.Groups["children"]);
        return new Criterion(
            method.Success ? method.Value : MethodOf(value),
            value,
            above,
            below,
            isAt,
            null,
            text,
            span
        );
    }

    private Criterion? Refuse(string text, string problem, SourceSpan? span)
    {
        problems.Add(new SelectionProblem(text, problem, span));
        return null;
    }

    private static string MethodOf(string value) =>
        value.AsSpan().IndexOfAny('/', '\\') >= 0 ? "path"
        : Endings.Any(ending => value.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? "file"
        : "fqn";

    private static readonly string[] Endings = [".sql", ".py", ".csv"];

    // No operator is no generation; an operator without a number, or with one beyond all graphs, is all of them.
    private static int? Generations(Group operation) =>
        !operation.Success ? 0
        : int.TryParse(operation.Value.Trim('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var depth)
            ? depth
        : null;

    [GeneratedRegex(
        @"\A(?<at>@)?(?<parents>[0-9]*\+)?(?:(?<method>[\w.]+):)?(?<value>.*?)(?<children>\+[0-9]*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline
    )]
    private static partial Regex Grammar();
}

/// <summary>A part of a selection that makes no sense.</summary>
/// <param name="Text">The part as it is written.</param>
/// <param name="Problem">What is wrong, and what was expected.</param>
/// <param name="Span">Where it is written in <c>selectors.yml</c>; null for a property.</param>
internal sealed record SelectionProblem(string Text, string Problem, SourceSpan? Span)
{
    /// <summary>Whether the text is the name of a selector that does not exist.</summary>
    public bool IsUnknownSelector { get; init; }
}
