using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>What the server answered to a statement: prints as <c>SELECT 3</c>.</summary>
/// <param name="message">The text; none prints as nothing.</param>
/// <param name="code">The command, for example <c>INSERT</c>.</param>
/// <param name="rowsAffected">How many rows it returned or changed.</param>
internal sealed class ResponseValue(object? message, object? code, object? rowsAffected) : IHostObject
{
    public string TypeName => "AdapterResponse";

    public static ResponseValue Of(WarehouseRows rows) =>
        new(
            rows.RowsAffected < 0 ? rows.Command : $"{rows.Command} {rows.RowsAffected}",
            rows.Command,
            rows.RowsAffected
        );

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "code" => code,
            "rows_affected" => rowsAffected,
            _ => null,
        };
        return name is "code" or "rows_affected";
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && TryGetAttribute(name, out value);
    }

    public string AsText() => message is null ? string.Empty : PyText.Str(message);
}
