using System.Runtime.CompilerServices;
using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Lexing;
using Analytics.Jinja.Tree;
using Analytics.Jinja.Tree.Statements;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Parsing;

/// <summary>Parses text, <c>{{ }}</c> and tags; the larger tags have parsers of their own.</summary>
internal sealed class StatementParser
{
    private const int GuardInterval = 8;

    // For a near name: what a tag may begin with anywhere.
    private static readonly string[] Tags =
    [
        "break",
        "call",
        "continue",
        "do",
        "filter",
        "for",
        "if",
        "macro",
        "print",
        "raw",
        "set",
        "with",
    ];

    private readonly LoopParser loops;
    private readonly MacroParser macros;
    private readonly AssignmentParser assignments;
    private int loopDepth;
    private int nesting;

    public StatementParser(TokenStream tokens)
    {
        Tokens = tokens;
        Expressions = new ExpressionParser(tokens);
        Targets = new TargetParser(tokens, Expressions);
        loops = new LoopParser(this);
        macros = new MacroParser(this);
        assignments = new AssignmentParser(this);
    }

    public TokenStream Tokens { get; }

    public ExpressionParser Expressions { get; }

    public TargetParser Targets { get; }

    public MacroParser Macros => macros;

    /// <summary>A whole template.</summary>
    public static TemplateRoot ParseTemplate(SourceSpan part)
    {
        var parser = new StatementParser(new TokenStream(part.File, Lexer.Tokenize(part)));
        var unit = new Unit();
        parser.Expressions.Scope = new Scope(null, unit);
        var body = parser.Body(part, null);
        parser.Expressions.Unknown.Refuse(0);
        parser.Expressions.Scope.Close();
        return new TemplateRoot(body, unit.SlotCount);
    }

    /// <summary>Runs a parse in a scope inside the current one.</summary>
    public T InScope<T>(Unit unit, Func<Scope, T> parse)
    {
        var outer = Expressions.Scope;
        var scope = new Scope(outer, unit);
        Expressions.Scope = scope;
        var unknown = Expressions.Unknown.Count;
        var result = parse(scope);
        Expressions.Unknown.Refuse(unknown);
        scope.Close();
        Expressions.Scope = outer;
        return result;
    }

    /// <summary>Runs a parse inside or outside of a loop: <c>break</c> does not leave a macro.</summary>
    public T InLoop<T>(bool isLoop, Func<T> parse)
    {
        var before = loopDepth;
        loopDepth = isLoop ? loopDepth + 1 : 0;
        var result = parse();
        loopDepth = before;
        return result;
    }

    /// <summary>The statements up to one of the end tags, whose name is then the current token; or up to the end.</summary>
    /// <param name="opening">The tag that must be closed, for the error.</param>
    /// <param name="ends">Names of the tags that end the body; null for the end of the template.</param>
    public SequenceStatement Body(SourceSpan opening, string[]? ends)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw SyntaxError.At(TemplateErrorKind.Limit, opening, "The tags are nested too deep");
        }

        var isDeep = ++nesting % GuardInterval == 0;
        var statements = Statements(opening, ends);
        nesting--;
        return new SequenceStatement(statements, opening, isDeep);
    }

    private Statement[] Statements(SourceSpan opening, string[]? ends)
    {
        var statements = new List<Statement>();
        while (true)
        {
            var token = Tokens.Current;
            switch (token.Kind)
            {
                case TokenKind.End when ends is null:
                    return [.. statements];
                case TokenKind.End:
                    throw SyntaxError.At(opening, $"The tag is not closed: {Expected(ends)} is missing");
                case TokenKind.Text:
                    Tokens.Next();
                    AddText(statements, Tokens.Span(token));
                    break;
                case TokenKind.VariableBegin:
                    statements.Add(Output());
                    break;
                default:
                    Tokens.Next();
                    if (ends is not null && Array.Exists(ends, Tokens.IsName))
                    {
                        return [.. statements];
                    }

                    statements.Add(Tag(token.Start, opening, ends));
                    break;
            }
        }
    }

    /// <summary>Like <see cref="Body"/>, then takes the end tag.</summary>
    public SequenceStatement ClosedBody(SourceSpan opening, string end)
    {
        var body = Body(opening, [end]);
        Tokens.Next();
        Tokens.Expect(TokenKind.BlockEnd);
        return body;
    }

    /// <summary>The end of an opening tag; gives the tag's span.</summary>
    public SourceSpan EndOfTag(int start)
    {
        // An old spelling that Jinja still takes: '{% if x: %}'.
        Tokens.Skip(TokenKind.Colon);
        var end = Tokens.Expect(TokenKind.BlockEnd);
        var length = end.Start - start + "%}".Length;
        return Tokens.File.Span(start, Tokens.Text(end)[0] is '-' or '+' ? length + 1 : length);
    }

    private Statement Tag(int start, SourceSpan opening, string[]? ends)
    {
        var token = Tokens.Expect(TokenKind.Name);
        var name = Tokens.Text(token).ToString();
        switch (name)
        {
            case "if":
                return If(start);
            case "for":
                return loops.For(start);
            case "set":
                return assignments.Set(start);
            case "with":
                return assignments.With(start);
            case "filter":
                return assignments.Filter(start);
            case "macro":
                return macros.Macro(start);
            case "call":
                return macros.Call(start);
            case "do":
                var expression = Expressions.ParseTuple();
                return new DoStatement(expression, EndOfTag(start));
            case "print":
                return Print(start);
            case "break" or "continue" when loopDepth > 0:
                return new LoopControl(name == "break" ? Flow.Break : Flow.Continue, EndOfTag(start));
            case "break" or "continue":
                throw SyntaxError.At(Tokens.Span(token), $"'{name}' outside of a loop");
            case "include" or "import" or "from" or "extends" or "block" or "autoescape" or "trans":
                throw SyntaxError.At(
                    TemplateErrorKind.Unsupported,
                    Tokens.Span(token),
                    $"The tag '{name}' is not supported: a template cannot load another one or change how it is escaped; use a macro",
                    name
                );
            default:
                throw SyntaxError.At(Tokens.Span(token), Unknown(name, opening, ends), name);
        }
    }

    private static string Unknown(string name, SourceSpan opening, string[]? ends)
    {
        if (name is "else" or "elif" || name.StartsWith("end", StringComparison.Ordinal))
        {
            return ends is null
                ? $"'{{% {name} %}}' closes nothing here"
                : $"'{{% {name} %}}' closes nothing here: the '{NameOf(opening)}' of line {opening.StartPosition.Line} is open and takes {Expected(ends)}";
        }

        var near = NearName.Find(name, [.. Tags, .. ends ?? []]);
        return (near, ends) switch
        {
            (not null, _) => $"Unknown tag '{name}'; did you mean '{near}'?",
            (null, not null) => $"Unknown tag '{name}', expected {Expected(ends)}",
            _ => $"Unknown tag '{name}'",
        };
    }

    private static string NameOf(SourceSpan tag)
    {
        var name = tag.Text.AsSpan(2).TrimStart("+-").TrimStart();
        var end = 0;
        while (end < name.Length && PyChars.IsNamePart(name[end]))
        {
            end++;
        }

        return name[..end].ToString();
    }

    private static string Expected(string[] ends) => string.Join(" or ", ends.Select(e => $"'{{% {e} %}}'"));

    // Jinja turns every line ending into \n. One statement per line keeps the map exact where the file has another.
    private void AddText(List<Statement> statements, SourceSpan span)
    {
        var text = Tokens.File.Text;
        var start = span.Start;
        for (var i = span.Start; i < span.End; i++)
        {
            if (text[i] != '\r')
            {
                continue;
            }

            var crlf = i + 1 < span.End && text[i + 1] == '\n';
            statements.Add(
                new TextStatement(
                    string.Concat(text.AsSpan(start, i - start), "\n"),
                    Tokens.File.Span(start, i + 1 - start)
                )
            );
            i += crlf ? 1 : 0;
            start = i + 1;
        }

        if (start < span.End)
        {
            var rest = Tokens.File.Span(start, span.End - start);
            statements.Add(new TextStatement(rest.Text, rest));
        }
    }

    private Statement Output()
    {
        var begin = Tokens.Next();
        var expression = Expressions.ParseTuple();
        if (!Tokens.Is(TokenKind.VariableEnd))
        {
            throw Tokens.Unexpected("expected '}}'");
        }

        Tokens.Next();
        return Output(expression, Tokens.Span(begin));
    }

    private static Statement Output(Expression expression, SourceSpan span)
    {
        if (!expression.IsConstant || !Constants.TryEvaluate(expression, out var value))
        {
            return new OutputStatement(expression, span);
        }

        try
        {
            return new ConstantOutput(PyText.Str(value), expression.Span);
        }
        catch (PyError)
        {
            return new OutputStatement(expression, span);
        }
    }

    private Statement Print(int start)
    {
        var parts = new List<Expression>();
        while (!Tokens.Is(TokenKind.BlockEnd))
        {
            if (parts.Count > 0)
            {
                Tokens.Expect(TokenKind.Comma);
            }

            parts.Add(Expressions.Parse());
        }

        var span = EndOfTag(start);
        return new SequenceStatement([.. parts.Select(p => Output(p, span))], span, isDeep: false);
    }

    private Statement If(int start)
    {
        var branches = new List<(Expression, Statement)>();
        var unknown = Expressions.Unknown.Count;
        SourceSpan? opening = null;
        while (true)
        {
            var test = Expressions.ParseTuple(withConditional: false);
            opening ??= EndOfTag(start);
            if (branches.Count > 0)
            {
                EndOfTag(start);
            }

            branches.Add((test, Body(opening.Value, ["elif", "else", "endif"])));
            if (!Tokens.SkipName("elif"))
            {
                break;
            }
        }

        Statement? otherwise = null;
        if (Tokens.SkipName("else"))
        {
            EndOfTag(start);
            otherwise = Body(opening.Value, ["endif"]);
        }

        Tokens.ExpectName("endif");
        Tokens.Expect(TokenKind.BlockEnd);
        Expressions.Unknown.Forgive(unknown);
        return new IfStatement([.. branches], otherwise, opening.Value);
    }
}
