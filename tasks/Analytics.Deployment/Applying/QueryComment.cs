using System.Text.Json;

namespace Analytics.Deployment.Applying;

/// <summary>The comment before every statement of a node, which tells who looks at the server's log what it is for.</summary>
internal static class QueryComment
{
    /// <summary>One line of JSON in a comment, and a line break.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="nodeId">The node's unique id.</param>
    public static string For(string target, string nodeId)
    {
        // JSON escapes what is not ASCII; a name with the end of a comment in it is the only danger left.
        var json =
            $"{{\"app\": \"analytics-sdk\", \"target_name\": {JsonSerializer.Serialize(target)}, \"node_id\": {JsonSerializer.Serialize(nodeId)}}}";
        return $"/* {json.Replace("*/", "*\\u002f", StringComparison.Ordinal)} */\n";
    }
}
