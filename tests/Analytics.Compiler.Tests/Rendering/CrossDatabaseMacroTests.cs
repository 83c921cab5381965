using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Analytics.Compiler.Tests.Rendering;

public sealed class CrossDatabaseMacroTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(DataFile()))
        {
            var one = JsonDocument.Parse(line).RootElement;
            cases.Add(one.GetProperty("call").GetString()!, one.GetProperty("sql").GetString()!);
        }

        return cases;
    }

    // The SQL is what dbt writes on Postgres, to the letter: a model must not change by being built here.
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_macro_of_dbt_writes_the_sql_that_dbt_writes(string call, string sql)
    {
        var project = new TestProject().File("models/a.sql", $"select 1 as one /*{{{{ dbt.{call} }}}}*/").Compile();

        Assert.Equal($"select 1 as one /*{sql}*/", TestProject.Render(project, "model.shop.a").Text);
    }

    private static string DataFile([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Golden", "Macros", "cross_database.jsonl");
}
