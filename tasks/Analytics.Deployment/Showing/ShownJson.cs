using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Analytics.Deployment.Showing;

/// <summary>Writes rows for programs, as <c>dbt show --output json</c> does: <c>{"node": …, "show": [{…}]}</c>.</summary>
public static class ShownJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One table as indented JSON.</summary>
    public static string Write(ShownTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            if (table.Name is { } name)
            {
                json.WriteString("node", name);
            }

            json.WriteStartArray("show");
            foreach (var row in table.Rows)
            {
                json.WriteStartObject();
                foreach (var (column, value) in table.Columns.Zip(row))
                {
                    json.WritePropertyName(column.Name);
                    Write(json, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case BigInteger number:
                json.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case DateTime moment:
                json.WriteStringValue(moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset moment:
                json.WriteStringValue(
                    moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'+00:00'", CultureInfo.InvariantCulture)
                );
                break;
            default:
                json.WriteStringValue(TextTable.Text(value));
                break;
        }
    }
}
