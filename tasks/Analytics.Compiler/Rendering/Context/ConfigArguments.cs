using Analytics.Compiler.Resolving.Configs;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>Reads a call of <c>config</c>: named arguments, or one dictionary.</summary>
internal static class ConfigArguments
{
    public static void Read(CallArguments args, ICollection<ConfigEntry> entries)
    {
        if (args.Positional.Count > 1)
        {
            throw args.Fail("config() takes named arguments, or one dictionary");
        }

        if (args.Positional.Count == 1)
        {
            if (args.Positional[0] is not PyDict dict)
            {
                throw args.Fail(
                    $"config() takes named arguments, or one dictionary, but got {PyText.Repr(args.Positional[0])}",
                    args.SpanOf(0)
                );
            }

            foreach (var (key, value) in dict)
            {
                entries.Add(new ConfigEntry(PyText.Str(key), value, args.SpanOf(0)));
            }
        }

        foreach (var (key, value) in args.Named)
        {
            entries.Add(new ConfigEntry(key, value, args.SpanOf(key)));
        }
    }
}
