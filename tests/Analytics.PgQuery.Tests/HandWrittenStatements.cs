namespace Analytics.PgQuery.Tests;

/// <summary>The statements of <c>Statements/*.sql</c>; an empty line ends a statement.</summary>
internal static class HandWrittenStatements
{
    public static IReadOnlyList<string> All { get; } = Read();

    private static List<string> Read() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Statements"), "*.sql")
                .Order(StringComparer.Ordinal)
                .SelectMany(file => File.ReadAllText(file).ReplaceLineEndings("\n").Split("\n\n"))
                .Select(statement => statement.Trim('\n'))
                .Where(statement => statement.Length > 0),
        ];
}
