namespace Analytics.PgQuery.Hosting;

/// <summary>Why a run ended that did not come to a tree or an error of its own.</summary>
internal enum ParserFailureReason
{
    /// <summary>The code stopped itself: an assertion, an abort, an access outside its memory.</summary>
    Stopped,

    /// <summary>The SQL is nested more deeply than the stack allows.</summary>
    Stack,

    /// <summary>The memory of this instance is used up.</summary>
    Memory,
}
