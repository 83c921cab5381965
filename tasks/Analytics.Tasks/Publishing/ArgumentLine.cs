using System.Text;

namespace Analytics.Tasks.Publishing;

/// <summary>Takes the arguments of a command apart. No shell is asked: nothing is expanded, on any system.</summary>
internal static class ArgumentLine
{
    /// <summary>
    /// Splits at blanks. Double quotes keep blanks together, and inside them <c>\"</c> is a quote; a quote that is never
    /// closed reaches to the end.
    /// </summary>
    public static IReadOnlyList<string> Split(string line)
    {
        var arguments = new List<string>();
        var current = new StringBuilder();
        var quoted = false;
        var started = false;
        for (var i = 0; i < line.Length; i++)
        {
            var character = line[i];
            if (quoted && character == '\\' && i + 1 < line.Length && line[i + 1] == '"')
            {
                current.Append('"');
                i++;
            }
            else if (character == '"')
            {
                quoted = !quoted;
                started = true;
            }
            else if (char.IsWhiteSpace(character) && !quoted)
            {
                if (started)
                {
                    arguments.Add(current.ToString());
                    current.Clear();
                    started = false;
                }
            }
            else
            {
                current.Append(character);
                started = true;
            }
        }

        if (started)
        {
            arguments.Add(current.ToString());
        }

        return arguments;
    }
}
