namespace Analytics.PgQuery.Hosting;

/// <summary>
/// The parser's <c>longjmp</c>: PostgreSQL leaves its C functions by it when it reports an error. Whoever catches it is
/// one of the <c>invoke_</c> methods, below which a <c>setjmp</c> waits.
/// </summary>
internal sealed class LongJump : Exception;
