namespace Analytics.PgQuery.Tests.Oracle;

/// <summary>One oracle for a test class: compiling the module takes seconds.</summary>
public sealed class OracleFixture : IDisposable
{
    public WasmtimeParser Parser { get; } = new(Path.Combine(AppContext.BaseDirectory, "Oracle", "libpg-query.wasm"));

    public void Dispose() => Parser.Dispose();
}
