using System.Diagnostics;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tests;

public sealed class ConformanceTests
{
    private static readonly Dictionary<string, ConformanceCase> Cases = ConformanceCase
        .Load()
        .ToDictionary(c => $"{c.File}: {c.Name}");

    public static TheoryData<string> Names => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Renders_as_Jinja2_does(string name)
    {
        var example = Cases[name];
        if (example.Error is null)
        {
            Assert.Equal(example.Expected, Render(example));
        }
        else
        {
            var error = Assert.Throws<TemplateException>(() => Render(example)).Error;
            Assert.Contains(error.Kind, Family(example.Error));
            Assert.NotEmpty(error.Message);
        }
    }

    [Fact]
    public void The_corpus_is_large_and_free_of_repetition()
    {
        Assert.True(Cases.Count >= 600, $"only {Cases.Count} cases");
        var repeated = Cases
            .Values.GroupBy(c => (c.Template, PyText.Repr(c.Context), c.Mode, c.Macros))
            .Where(g => g.Count() > 1)
            .Select(g => string.Join(" = ", g.Select(c => $"{c.File}: {c.Name}")));
        Assert.Empty(repeated);
    }

    [Fact]
    public void The_stored_answers_are_those_of_Jinja2()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Conformance", "regenerate.py");
        var python = Python.FindWithJinja2();
        Assert.SkipWhen(python is null, "needs Python with Jinja2 3.1 (Debian: python3-jinja2)");
        var start = new ProcessStartInfo(python!, [script, "--check"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }

    private static string Render(ConformanceCase example)
    {
        var template = Template.Parse(new SourceFile(example.Name + ".sql", example.Template));
        var scope = new TestScope(example.Context);
        if (example.Macros is not null)
        {
            scope.AddMacros(example.Macros);
        }

        var options = new RenderOptions
        {
            Undefined = example.Mode == "capture" ? UndefinedBehavior.Capture : UndefinedBehavior.Default,
        };
        var context = new RenderContext(scope, options, TestContext.Current.CancellationToken);
        return example.Mode == "native" ? PyText.Repr(context.RenderNative(template)) : context.Render(template).Text;
    }

    private static TemplateErrorKind[] Family(string error) =>
        error switch
        {
            "syntax" => [TemplateErrorKind.Syntax, TemplateErrorKind.Unsupported],
            "unsupported" => [TemplateErrorKind.Unsupported],
            "filter" => [TemplateErrorKind.UnknownFilter],
            "test" => [TemplateErrorKind.UnknownTest],
            "undefined" => [TemplateErrorKind.UndefinedName, TemplateErrorKind.UndefinedAttribute],
            // Where Python complains of the type Undefined, this engine names what is undefined.
            "type" =>
            [
                TemplateErrorKind.Type,
                TemplateErrorKind.Argument,
                TemplateErrorKind.UndefinedName,
                TemplateErrorKind.UndefinedAttribute,
            ],
            "value" => [TemplateErrorKind.Value, TemplateErrorKind.UndefinedName],
            "security" => [TemplateErrorKind.Security],
            "limit" => [TemplateErrorKind.Limit],
            _ => throw new InvalidOperationException($"unknown family '{error}'"),
        };
}
