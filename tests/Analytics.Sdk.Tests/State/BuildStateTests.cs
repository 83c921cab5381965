using Analytics.Tasks.Logging;
using Analytics.Tasks.State;

namespace Analytics.Sdk.Tests.State;

public sealed class BuildStateTests
{
    [Fact]
    public void What_is_written_hides_nothing_that_MSBuild_would_expand()
    {
        var folder = Directory.CreateTempSubdirectory("analytics-state-");
        try
        {
            var path = Path.Combine(folder.FullName, "deeper", "x.state.props");
            var message = "50% of $(this); @(that) 'is' <odd> & *";
            new BuildState([new RecordedDiagnostic("ASQL0003", "/a b/c;d.yml", 1, 2, 3, 4, message)], [], [], []).Write(
                path
            );

            var item = Assert.Single(System.Xml.Linq.XDocument.Load(path).Descendants("_AnalyticsRecordedDiagnostic"));
            var text = item.Element("Message")!.Value;
            Assert.DoesNotContain("$(", text, StringComparison.Ordinal);
            Assert.DoesNotContain("@(", text, StringComparison.Ordinal);
            Assert.Equal(message, Uri.UnescapeDataString(text));
            Assert.Equal("/a b/c;d.yml", Uri.UnescapeDataString(item.Element("File")!.Value));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_environment_remembers_what_was_read_but_no_secret()
    {
        var environment = new RecordingEnvironment();
        foreach (var name in new[] { "SHOP_B", "SHOP_A", "DBT_PG_PASSWORD", "API_TOKEN", "DBT_ENV_SECRET_X" })
        {
            environment.Get(name);
        }

        Assert.Equal(["SHOP_A", "SHOP_B"], environment.Read().Select(pair => pair.Key));
    }
}
