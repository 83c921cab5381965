using System.Collections.Immutable;
using System.Text;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>The rows of a query, in the shape of an agate table. What agate computes with tables is refused by name: SQL does it.</summary>
internal sealed class TableValue : IHostSequence
{
    private const int MostPrintedRows = 20;
    private const int MostPrintedColumns = 6;

    private static readonly ImmutableHashSet<string> Refused =
    [
        "aggregate",
        "bins",
        "compute",
        "denormalize",
        "distinct",
        "find",
        "from_csv",
        "group_by",
        "homogenize",
        "join",
        "merge",
        "normalize",
        "order_by",
        "pivot",
        "print_bars",
        "print_csv",
        "print_json",
        "print_structure",
        "to_csv",
        "to_json",
        "where",
    ];

    private readonly ImmutableArray<string> names;
    private readonly Action<string>? say;

    private TableValue(
        ImmutableArray<string> names,
        ImmutableArray<string> types,
        IEnumerable<IReadOnlyList<object?>> rows,
        Action<string>? say
    )
    {
        this.say = say;
        this.names = names;
        Types = types;
        Rows = [.. rows.Select(row => new RowValue(names, row))];
    }

    public TableValue(WarehouseRows rows, Action<string>? say = null)
    {
        this.say = say;
        Types = [.. rows.Columns.Select(column => column.Type)];
        names = Unique(rows.Columns.Select(column => column.Name));
        Rows = [.. rows.Rows.Select(row => new RowValue(names, [.. row.Select(Native)]))];
    }

    public static TableValue Empty { get; } = new(new WarehouseRows([], []));

    public ImmutableArray<RowValue> Rows { get; }

    /// <summary>PostgreSQL's types of the columns.</summary>
    public ImmutableArray<string> Types { get; }

    public string TypeName => "Table";

    public int Count => Rows.Length;

    public IEnumerable<object?> Items() => Rows;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "rows" => new NamedSequence([], [.. Rows]),
            "columns" => new NamedSequence(names, [.. names.Select(Column)]),
            "column_names" => new PyTuple(names),
            "column_types" => new PyTuple(names.Select((_, index) => TableType.Of(ColumnValues(index)))),
            "print_table" => HostFunction.Create(name, Print),
            "rename" => HostFunction.Create(name, Rename),
            "select" => HostFunction.Create(name, args => Keep(args, keeps: true)),
            "exclude" => HostFunction.Create(name, args => Keep(args, keeps: false)),
            "limit" => HostFunction.Create(name, Limit),
            _ when Refused.Contains(name) => HostFunction.Create(name, args => throw Refusal(name, args)),
            _ => null,
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value) =>
        new NamedSequence([], [.. Rows]).TryGetItem(key, out value);

    public string AsText() => Write(MostPrintedRows, MostPrintedColumns);

    private object Column(string name, int index) => new TableColumn(name, index, ColumnValues(index));

    private List<object?> ColumnValues(int index) => [.. Rows.Select(row => row.Values[index])];

    private static TemplateException Refusal(string name, CallArguments args) =>
        args.Fail($"the method '{name}' of a query's result is not supported: write it in the query");

    // A mapping renames the columns that it has, a list all of them in their order.
    private TableValue Rename(CallArguments args)
    {
        var given = args.Optional(0, "column_names");
        var renamed =
            given is PyDict map ? [.. names.Select(name => map.TryGet(name, out var other) ? PyText.Str(other) : name)]
            : given is null ? names
            : Texts(args, given);
        return renamed.Length == names.Length
            ? new TableValue(renamed, Types, Rows.Select(row => row.Values), say)
            : throw args.Fail($"rename() got {renamed.Length} names for {names.Length} columns");
    }

    private TableValue Keep(CallArguments args, bool keeps)
    {
        var listed = args.Optional(0, "key") is string single ? [single] : Texts(args, args.Optional(0, "key"));
        if (listed.FirstOrDefault(name => !names.Contains(name)) is { } unknown && keeps)
        {
            throw args.Fail($"the query's result has no column '{unknown}'");
        }

        int[] kept =
        [
            .. keeps
                ? listed.Select(name => names.IndexOf(name))
                : Enumerable.Range(0, names.Length).Where(index => !listed.Contains(names[index])),
        ];
        return new TableValue(
            [.. kept.Select(index => names[index])],
            [.. kept.Select(index => Types[index])],
            Rows.Select(row => (IReadOnlyList<object?>)[.. kept.Select(index => row.Values[index])]),
            say
        );
    }

    // One number is how many rows; two are from where to where.
    private TableValue Limit(CallArguments args)
    {
        var first = args.Optional(0, "start_or_stop") as long? ?? Rows.Length;
        var (start, stop) = args.Optional(1, "stop") is long end ? (first, end) : (0, first);
        var rows = Rows.Skip((int)Math.Clamp(start, 0, Rows.Length))
            .Take((int)Math.Clamp(stop - start, 0, Rows.Length));
        return new TableValue(names, Types, rows.Select(row => row.Values), say);
    }

    private static ImmutableArray<string> Texts(CallArguments args, object? value) =>
        args.Context.Items(value) is { } items
            ? [.. items.Select(PyText.Str)]
            : throw args.Fail("names of columns are expected", args.SpanOf(0));

    private object? Print(CallArguments args)
    {
        say?.Invoke(
            Write(
                (int)Math.Clamp(args.Optional(0, "max_rows") as long? ?? MostPrintedRows, 0, int.MaxValue),
                (int)Math.Clamp(args.Optional(1, "max_columns") as long? ?? MostPrintedColumns, 0, int.MaxValue)
            )
        );
        return null;
    }

    private string Write(int mostRows, int mostColumns)
    {
        var shown = Rows.Take(mostRows)
            .Select(row =>
                row.Values.Take(mostColumns).Select(value => value is null ? "" : PyText.Str(value)).ToArray()
            )
            .ToList();
        var header = names.Take(mostColumns).ToArray();
        var widths = header
            .Select((name, i) => Math.Max(name.Length, shown.Select(row => row[i].Length).DefaultIfEmpty().Max()))
            .ToArray();
        var text = new StringBuilder();
        Line(header);
        Line([.. widths.Select(width => new string('-', width))]);
        shown.ForEach(Line);
        return text.ToString();

        void Line(string[] cells) =>
            text.Append("| ").AppendJoin(" | ", cells.Select((cell, i) => cell.PadRight(widths[i]))).Append(" |\n");
    }

    private static object? Native(object? value) =>
        value switch
        {
            DateOnly date => PythonModules.DateValue(date),
            DateTime local => PythonModules.DatetimeValue(local),
            DateTimeOffset moment => PythonModules.DatetimeValue(moment),
            _ => value,
        };

    // A name that comes again gets a number, as dbt gives it one.
    private static ImmutableArray<string> Unique(IEnumerable<string> names)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var unique = ImmutableArray.CreateBuilder<string>();
        foreach (var name in names)
        {
            var candidate = name;
            for (var number = 2; !taken.Add(candidate); number++)
            {
                candidate = $"{name}_{number}";
            }

            unique.Add(candidate);
        }

        return unique.ToImmutable();
    }
}
