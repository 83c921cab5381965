namespace Analytics.PgQuery;

/// <summary>The sort of a token.</summary>
public enum PgTokenKind
{
    /// <summary>A name that is not a keyword, quoted or not; <c>U&amp;"…"</c> too.</summary>
    Identifier,

    /// <summary>A word of PostgreSQL's keyword list; <see cref="PgToken.Keyword"/> says of which sort.</summary>
    Keyword,

    /// <summary>A whole number that fits 32 bits.</summary>
    Integer,

    /// <summary>Any other number.</summary>
    Number,

    /// <summary>A string in any quoting: <c>'…'</c>, <c>E'…'</c>, <c>U&amp;'…'</c>, <c>$tag$…$tag$</c>.</summary>
    String,

    /// <summary>A bit string, <c>B'…'</c> or <c>X'…'</c>.</summary>
    BitString,

    /// <summary>A numbered parameter, <c>$1</c>.</summary>
    Parameter,

    /// <summary>An operator, one character or several: <c>+</c>, <c>::</c>, <c>||</c>, <c>&lt;=</c>.</summary>
    Operator,

    /// <summary>One of <c>( ) [ ] , ; : .</c> and the two-character <c>..</c>, <c>:=</c>, <c>=&gt;</c>.</summary>
    Punctuation,

    /// <summary>A comment from <c>--</c> to the end of the line.</summary>
    LineComment,

    /// <summary>A comment between <c>/*</c> and <c>*/</c>, with any that are nested in it.</summary>
    BlockComment,
}
