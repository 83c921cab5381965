namespace Analytics.Jinja.Values;

/// <summary>A value with a format specification of its own, such as a date.</summary>
internal interface IPyFormattable
{
    public string Format(string spec);
}
