using Analytics.Compiler.Resolving;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>dbt's Column: a name and a PostgreSQL type.</summary>
internal sealed class ColumnValue(string name, string type) : IHostObject
{
    private static readonly string[] TextTypes = ["text", "character varying", "character", "varchar", "bpchar"];
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
    ];
    private static readonly string[] FloatTypes = ["real", "double precision", "float4", "float8"];

    public string TypeName => "Column";

    private string BaseType => type.Split('(')[0].Trim().ToLowerInvariant();

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string attribute && TryGetAttribute(attribute, out value);
    }

    public bool TryGetAttribute(string attribute, out object? value)
    {
        value = attribute switch
        {
            "name" or "column" => name,
            "quoted" => RelationName.Quote(name),
            "data_type" => type,
            "dtype" => BaseType,
            "char_size" => IsText ? Size(0) : null,
            "numeric_precision" => IsNumeric ? Size(0) : null,
            "numeric_scale" => IsNumeric ? Size(1) : null,
            "is_string" => HostFunction.Create(attribute, _ => IsText),
            "is_integer" => HostFunction.Create(attribute, _ => IntegerTypes.Contains(BaseType)),
            "is_float" => HostFunction.Create(attribute, _ => FloatTypes.Contains(BaseType)),
            "is_numeric" => HostFunction.Create(attribute, _ => IsNumeric),
            "is_number" => HostFunction.Create(
                attribute,
                _ => IsNumeric || IntegerTypes.Contains(BaseType) || FloatTypes.Contains(BaseType)
            ),
            "string_size" => HostFunction.Create(attribute, _ => Size(0) ?? 256L),
            _ => null,
        };
        return value is not null || attribute is "char_size" or "numeric_precision" or "numeric_scale";
    }

    public string AsText() => $"<Column {name} ({type})>";

    private bool IsText => TextTypes.Contains(BaseType);

    private bool IsNumeric => BaseType is "numeric" or "decimal";

    private long? Size(int index)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        var close = type.IndexOf(')', StringComparison.Ordinal);
        if (open < 0 || close < open)
        {
            return null;
        }

        var sizes = type[(open + 1)..close].Split(',');
        return
            index < sizes.Length
            && long.TryParse(
                sizes[index],
                System.Globalization.NumberStyles.AllowLeadingWhite,
                System.Globalization.CultureInfo.InvariantCulture,
                out var size
            )
            ? size
            : null;
    }
}
