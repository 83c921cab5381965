using System.Security.Cryptography;
using System.Text;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>
/// dbt's functions on plain data. As there, <c>fromjson</c>, <c>set</c> and <c>zip</c> give their default where the input
/// does not fit, and the <c>_strict</c> forms fail.
/// </summary>
internal static class DataFunctions
{
    public static HostFunction ToJson { get; } =
        HostFunction.Create(
            "tojson",
            args =>
            {
                var value = args.Optional(0, "value");
                try
                {
                    return PyJson.DumpText(
                        AdapterDispatch.Entries(value) ?? value,
                        args.Flag(2, "sort_keys", fallback: false)
                    );
                }
                catch (FormatException exception)
                {
                    throw args.Fail(exception.Message, args.SpanOf(0, "value"));
                }
            }
        );

    public static HostFunction FromJson { get; } =
        HostFunction.Create(
            "fromjson",
            args =>
            {
                try
                {
                    return PyJson.LoadText(args.RequireText(0, "string", "fromjson"));
                }
                catch (FormatException)
                {
                    return args.Optional(1, "default");
                }
            }
        );

    public static HostFunction FromYaml { get; } =
        HostFunction.Create(
            "fromyaml",
            args =>
            {
                var parsed = YamlReader.Parse(new SourceFile("fromyaml", args.RequireText(0, "value", "fromyaml")));
                return parsed.Diagnostics.IsEmpty && parsed.Root is { } root
                    ? YamlValues.ToNative(root)
                    : args.Optional(1, "default");
            }
        );

    public static HostFunction ToYaml { get; } =
        HostFunction.Create(
            "toyaml",
            args =>
                YamlText.Write(args.Optional(0, "value"), args.Flag(2, "sort_keys", fallback: false))
                ?? args.Optional(1, "default")
        );

    /// <summary>
    /// <c>diff_of_two_dicts(a, b)</c>: of each list of the first what the second's list of that key lacks. Keys and texts are
    /// compared in lower case and stay so.
    /// </summary>
    public static HostFunction DiffOfTwoDicts { get; } =
        HostFunction.Create(
            "diff_of_two_dicts",
            args =>
            {
                var known = Lower(args, 1, "dict_b");
                var diff = new PyDict();
                foreach (var (key, values) in Lower(args, 0, "dict_a"))
                {
                    var left = known.TryGet(key, out var other)
                        ? new PyList(LowerItems(args, values).Except(LowerItems(args, other)).Cast<object?>())
                        : values;
                    if (left is not PyList { Count: 0 } || !known.Contains(key))
                    {
                        diff[key] = left;
                    }
                }

                return diff;
            }
        );

    public static HostFunction Set { get; } =
        HostFunction.Create(
            "set",
            args =>
                args.Context.Items(args.Optional(0, "value")) is { } items
                    ? new PySet(items)
                    : args.Optional(1, "default")
        );

    public static HostFunction SetStrict { get; } =
        HostFunction.Create("set_strict", args => new PySet(Required(args, 0, "set_strict")));

    public static HostFunction Zip { get; } =
        HostFunction.Create(
            "zip",
            args =>
            {
                var columns = args.Positional.Select(args.Context.Items).ToList();
                return columns.TrueForAll(column => column is not null) ? Rows(columns!) : args.Optional(-1, "default");
            }
        );

    public static HostFunction ZipStrict { get; } =
        HostFunction.Create(
            "zip_strict",
            args => Rows([.. args.Positional.Select((_, index) => Required(args, index, "zip_strict"))])
        );

    public static HostFunction LocalMd5 { get; } =
        HostFunction.Create(
            "local_md5",
            args =>
                Convert.ToHexStringLower(
                    MD5.HashData(Encoding.UTF8.GetBytes(args.RequireText(0, "value", "local_md5")))
                )
        );

    private static IEnumerable<object?> Required(CallArguments args, int index, string function) =>
        args.Context.Items(args.Positional[index])
        ?? throw args.Fail(
            $"{function}() expects something to iterate, but got {PyText.Repr(args.Positional[index])}",
            args.SpanOf(index)
        );

    private static PyDict Lower(CallArguments args, int index, string name) =>
        AdapterDispatch.Entries(args.Optional(index, name)) is { } entries
            ? new PyDict(
                entries.Select(pair =>
                    KeyValuePair.Create((object?)PyText.Str(pair.Key).ToLowerInvariant(), pair.Value)
                )
            )
            : throw args.Fail("diff_of_two_dicts() expects two dictionaries of lists", args.SpanOf(index, name));

    private static IEnumerable<string> LowerItems(CallArguments args, object? values) =>
        (args.Context.Items(values) ?? []).Select(item => PyText.Str(item).ToLowerInvariant());

    private static PyList Rows(IReadOnlyList<IEnumerable<object?>> columns)
    {
        var lists = columns.Select(column => column.ToList()).ToList();
        var length = lists.Count == 0 ? 0 : lists.Min(list => list.Count);
        return new PyList(
            Enumerable.Range(0, length).Select(row => (object?)new PyTuple(lists.Select(list => list[row])))
        );
    }
}
