using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>api.Column</c>, and <c>column</c>: called or by <c>create</c> it makes a column.</summary>
internal sealed class ColumnClass : HostFunction, IHostObject
{
    private ColumnClass()
        : base("Column") { }

    public static ColumnClass Instance { get; } = new();

    public string TypeName => "type";

    public override object? Invoke(CallArguments args)
    {
        var name = args.RequireText(0, "column", "api.Column");
        var type = args.RequireText(1, "dtype", "api.Column");
        return new ColumnValue(
            name,
            type,
            args.Optional(2, "char_size") as long?,
            args.Optional(3, "numeric_precision") as long?,
            args.Optional(4, "numeric_scale") as long?
        );
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = Member(name);
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    public string AsText() => Name;

    /// <summary>What the class offers, which every column offers too; null when it does not.</summary>
    public static HostFunction? Member(string name) =>
        name switch
        {
            "create" => Create(
                name,
                args => new ColumnValue(
                    args.RequireText(0, "name", "api.Column.create"),
                    ColumnValue.TranslateType(args.RequireText(1, "label_or_dtype", "api.Column.create")),
                    null,
                    null,
                    null
                )
            ),
            "from_description" => Create(
                name,
                args =>
                    ColumnValue.Of(
                        args.RequireText(0, "name", "api.Column.from_description"),
                        args.RequireText(1, "raw_data_type", "api.Column.from_description")
                    )
            ),
            "translate_type" => Create(
                name,
                args => ColumnValue.TranslateType(args.RequireText(0, "dtype", "api.Column.translate_type"))
            ),
            "string_type" => Create(
                name,
                args =>
                    args.Optional(0, "size") is long size
                        ? ColumnValue.StringType(size)
                        : throw args.Fail("api.Column.string_type() expects a whole number for 'size'")
            ),
            "numeric_type" => Create(
                name,
                args =>
                    ColumnValue.NumericType(
                        args.RequireText(0, "dtype", "api.Column.numeric_type"),
                        args.Optional(1, "precision"),
                        args.Optional(2, "scale")
                    )
            ),
            _ => null,
        };
}
