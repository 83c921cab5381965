using System.Collections.Immutable;
using System.Globalization;
using Analytics.Deployment.Reporting;
using Microsoft.Build.Framework;

namespace Analytics.Tasks.Publishing;

/// <summary>
/// Lines that are seen as they come. The terminal logger keeps ordinary messages back whatever their importance; it prints
/// those that a test run sends, at once. The classic logger prints the text of both. Thread-safe, as MSBuild is.
/// </summary>
/// <param name="engine">MSBuild.</param>
internal sealed class LiveLog(IBuildEngine engine)
{
    /// <summary>Prints a line.</summary>
    public void Line(string text) => Send("TLTESTOUTPUT", text, new Dictionary<string, string?>());

    /// <summary>Gives the terminal logger the numbers of its closing test summary. The classic logger has its lines already.</summary>
    public void TestsFinished(ImmutableArray<NodeResult> results)
    {
        var tests = results.Where(result => result.Kind is "test" or "unit_test").ToImmutableArray();
        if (tests.IsEmpty)
        {
            return;
        }

        int Count(params NodeStatus[] statuses) => tests.Count(test => statuses.Contains(test.Status));
        Send(
            "TLTESTFINISH",
            string.Empty,
            new Dictionary<string, string?>
            {
                ["total"] = Text(tests.Length),
                ["passed"] = Text(Count(NodeStatus.Pass, NodeStatus.Success, NodeStatus.Warn)),
                ["failed"] = Text(Count(NodeStatus.Fail, NodeStatus.Error)),
                ["skipped"] = Text(Count(NodeStatus.Skipped)),
            }
        );
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Send(string type, string text, Dictionary<string, string?> metadata) =>
        engine.LogMessageEvent(
            new ExtendedBuildMessageEventArgs(type, text, null, nameof(LiveLog), MessageImportance.High)
            {
                ExtendedMetadata = metadata,
            }
        );
}
