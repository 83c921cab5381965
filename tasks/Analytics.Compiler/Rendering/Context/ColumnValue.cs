using System.Globalization;
using System.Text.RegularExpressions;
using Analytics.Compiler.Resolving;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>dbt's Column: a name and a PostgreSQL type.</summary>
/// <param name="Name">The name, case kept.</param>
/// <param name="Type">The type without its sizes, for example <c>character varying</c>; dbt's <c>dtype</c>.</param>
/// <param name="CharSize">The size of a text type; null where it has none.</param>
/// <param name="Precision">All digits of a number; null where that is not limited.</param>
/// <param name="Scale">Digits after the point; null where that is not limited.</param>
internal sealed partial record ColumnValue(string Name, string Type, long? CharSize, long? Precision, long? Scale)
    : IHostObject
{
    private const long DefaultSize = 256;

    private static readonly string[] TextTypes = ["text", "character varying", "character", "varchar"];
    private static readonly string[] IntegerTypes =
    [
        "smallint",
        "integer",
        "bigint",
        "smallserial",
        "serial",
        "bigserial",
        "int2",
        "int4",
        "int8",
        "serial2",
        "serial4",
        "serial8",
    ];
    private static readonly string[] FloatTypes = ["real", "float4", "float", "double precision", "float8", "double"];
    private static readonly string[] NumericTypes = ["numeric", "decimal"];

    string IHostObject.TypeName => "Column";

    /// <summary>A column of a type that may have sizes in brackets.</summary>
    public static ColumnValue Of(string name, string type)
    {
        var match = Sizes().Match(type);
        if (!match.Success)
        {
            return new ColumnValue(name, type, null, null, null);
        }

        var bare = type.Remove(match.Index, match.Length);
        var sizes = match
            .Groups[1]
            .Value.Split(',')
            .Select(part => long.Parse(part, CultureInfo.InvariantCulture))
            .ToArray();
        var lower = bare.ToLowerInvariant();
        if (TextTypes.Contains(lower))
        {
            return new ColumnValue(name, bare, sizes[0], null, null);
        }

        return NumericTypes.Contains(lower)
            ? new ColumnValue(name, bare, null, sizes[0], sizes.Length > 1 ? sizes[1] : 0)
            : new ColumnValue(name, type, null, null, null);
    }

    /// <summary>dbt's words for types become PostgreSQL's; any other type stays.</summary>
    public static string TranslateType(string type) =>
        type.ToUpperInvariant() switch
        {
            "STRING" => "TEXT",
            "TIMESTAMP" => "TIMESTAMP",
            "FLOAT" => "FLOAT",
            "INTEGER" => "INT",
            "BOOLEAN" => "BOOLEAN",
            _ => type,
        };

    /// <summary>The type of a text of some size.</summary>
    public static string StringType(long size) => $"character varying({size})";

    /// <summary>The type of a number; without sizes where one of them is not known.</summary>
    public static string NumericType(string type, object? precision, object? scale) =>
        precision is null || scale is null ? type : $"{type}({precision},{scale})";

    public bool IsText => TextTypes.Contains(Type.ToLowerInvariant());

    private bool IsInteger => IntegerTypes.Contains(Type.ToLowerInvariant());

    private bool IsFloat => FloatTypes.Contains(Type.ToLowerInvariant());

    private bool IsNumeric => NumericTypes.Contains(Type.ToLowerInvariant());

    /// <summary>A text without a size counts as 256.</summary>
    private long Size => CharSize ?? DefaultSize;

    /// <summary>The type with its sizes, as SQL writes it.</summary>
    public string DataType =>
        IsText ? (CharSize is { } size ? StringType(size) : Type)
        : IsNumeric ? NumericType(Type, Precision, Scale)
        : Type;

    /// <summary>Whether a column of this type must grow to take the values of the other.</summary>
    public bool CanExpandTo(ColumnValue other) => IsText && other.IsText && other.Size > Size;

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string attribute && TryGetAttribute(attribute, out value);
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" or "column" => Name,
            "quoted" => RelationName.Quote(Name),
            "data_type" or "expanded_data_type" => DataType,
            "dtype" => Type,
            "char_size" => CharSize,
            "numeric_precision" => Precision,
            "numeric_scale" => Scale,
            "is_string" => HostFunction.Create(name, _ => IsText),
            "is_integer" => HostFunction.Create(name, _ => IsInteger),
            "is_float" => HostFunction.Create(name, _ => IsFloat),
            "is_numeric" => HostFunction.Create(name, _ => IsNumeric),
            "is_number" => HostFunction.Create(name, _ => IsInteger || IsFloat || IsNumeric),
            "string_size" => HostFunction.Create(name, StringSize),
            "can_expand_to" => HostFunction.Create(name, CanExpand),
            "literal" => HostFunction.Create(name, args => $"'{args.RequireShown(0, "value", "literal")}'::{DataType}"),
            _ => ColumnClass.Member(name),
        };
        return value is not null || name is "char_size" or "numeric_precision" or "numeric_scale";
    }

    public string AsText() => $"<Column {Name} ({DataType})>";

    private object StringSize(CallArguments args) =>
        IsText ? Size : throw args.Fail($"string_size() was called on the column '{Name}', whose type is {DataType}");

    private object CanExpand(CallArguments args) =>
        args.Optional(0, "other_column") is ColumnValue other
            ? CanExpandTo(other)
            : throw args.Fail("can_expand_to() expects a column");

    [GeneratedRegex(@"\((\d+(?:,\s*-?\d+)?)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Sizes();
}
