using System.Numerics;
using System.Text.Json;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Emitting;

/// <summary>Writes values of the template engine as JSON.</summary>
public static class JsonValueWriter
{
    /// <summary>Writes a value; what JSON has no word for becomes the text that a template would print.</summary>
    public static void Write(Utf8JsonWriter json, object? value)
    {
        ArgumentNullException.ThrowIfNull(json);
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case BigInteger number:
                json.WriteRawValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case PyDict dict:
                json.WriteStartObject();
                foreach (var (key, item) in dict)
                {
                    json.WritePropertyName(key as string ?? PyText.Str(key));
                    Write(json, item);
                }

                json.WriteEndObject();
                break;
            case PyList or PyTuple:
                json.WriteStartArray();
                foreach (var item in (IReadOnlyList<object?>)value)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(PyText.Str(value));
                break;
        }
    }

    /// <summary>Writes an entry of an object.</summary>
    public static void Write(Utf8JsonWriter json, string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WritePropertyName(name);
        Write(json, value);
    }
}
