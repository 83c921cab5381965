using System.Globalization;
using Analytics.Deployment.Reporting;

namespace Analytics.Tasks.Publishing;

/// <summary>What became of a node, as one line for people.</summary>
internal static class NodeLine
{
    /// <summary>With the count of what is done: <c> 3/32 OK    table  gold.dim_pickup_zone  0.04 s  265 rows</c>.</summary>
    public static string Live(NodeResult result)
    {
        var total = result.Total.ToString(CultureInfo.InvariantCulture);
        var position = result.Position.ToString(CultureInfo.InvariantCulture).PadLeft(total.Length);
        return $"  {position}/{total} {Row(result)}";
    }

    /// <summary>Status, kind, name, seconds and message, in columns.</summary>
    public static string Row(NodeResult result)
    {
        var seconds = result.Duration.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        return $"{Word(result.Status), -5} {result.Kind, -11} {result.Name, -48} {seconds, 7} s  {FirstLine(result.Message)}".TrimEnd();
    }

    private static string FirstLine(string message)
    {
        var end = message.AsSpan().IndexOf('\n');
        return end < 0 ? message : message[..end].TrimEnd(':', '\r');
    }

    private static string Word(NodeStatus status) =>
        status switch
        {
            NodeStatus.Success => "OK",
            NodeStatus.Pass => "PASS",
            NodeStatus.Warn => "WARN",
            NodeStatus.Fail => "FAIL",
            NodeStatus.Error => "ERROR",
            NodeStatus.Reused => "KEEP",
            _ => "SKIP",
        };
}
