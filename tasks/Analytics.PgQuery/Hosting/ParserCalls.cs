using System.Collections.Immutable;
using System.Text;
using Analytics.PgQuery.Reading;

namespace Analytics.PgQuery.Hosting;

/// <summary>
/// The functions of libpg_query as methods: text in, result out, all memory given back. An exception leaves the instance
/// in an unknown state. For one thread at a time.
/// </summary>
internal sealed class ParserCalls(ParserInstance instance) : IDisposable
{
    // struct PgQueryParseResult { char *tree; char *stderr; PgQueryError *error; }
    private const int ResultTree = 0;
    private const int ResultError = 8;

    // struct PgQueryError { char *message; char *function; char *file; int line; int cursor; … }
    private const int ErrorMessage = 0;
    private const int ErrorCursor = 16;

    private readonly TreeBuilder builder = new(new NamePool());

    public ParserInstance Instance => instance;

    public PgParseResult Parse(SqlText text)
    {
        var input = instance.AllocateText(text.Utf8);
        var result = NotNull(instance.wasm_parse_query_raw(input));
        var error = instance.ReadInt(result + ResultError);

        // The tree is read where the parser wrote it: it is gone with the next call.
        var parsed =
            error == 0
                ? new PgParseResult(builder.Build(text, instance.ReadBytes(instance.ReadInt(result + ResultTree))))
                : new PgParseResult(ReadError(text, error));
        instance.wasm_free_parse_result(result);
        instance.free(input);
        return parsed;
    }

    /// <summary>The tokens; null when the text cannot be cut into tokens, in which case parsing it gives the error.</summary>
    public ImmutableArray<PgToken>? Scan(SqlText text) =>
        CallForText<ImmutableArray<PgToken>?>(
            text,
            instance.wasm_scan,
            output => output is [(byte)'{', ..] ? TokenReader.Read(text, output) : null
        );

    /// <summary>The fingerprint of a text that parses; for any other an error message.</summary>
    public string Fingerprint(SqlText text) => CallForText(text, instance.wasm_fingerprint, ReadText);

    /// <summary>The text with parameters in place of literals; for a text that does not parse an error message.</summary>
    public string Normalize(SqlText text) => CallForText(text, instance.wasm_normalize_query, ReadText);

    public void Dispose() => instance.Dispose();

    private PgSyntaxError ReadError(SqlText text, int error)
    {
        var message = instance.ReadText(instance.ReadInt(error + ErrorMessage));
        return ErrorReader.Read(text, message, instance.ReadInt(error + ErrorCursor));
    }

    private static string ReadText(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    private T CallForText<T>(SqlText text, Func<int, int> function, Func<ReadOnlySpan<byte>, T> read)
    {
        var input = instance.AllocateText(text.Utf8);
        var output = NotNull(function(input));
        var result = read(instance.ReadBytes(output));
        instance.wasm_free_string(output);
        instance.free(input);
        return result;
    }

    private static int NotNull(int address) =>
        address != 0 ? address : throw new ParserFailure(ParserFailureReason.Memory);
}
