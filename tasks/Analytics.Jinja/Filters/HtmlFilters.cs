using Analytics.Jinja.Values;
using static Analytics.Jinja.Filters.FilterTable;

namespace Analytics.Jinja.Filters;

/// <summary>
/// The filters for HTML that make sense for plain text. Nothing is ever escaped by itself; <c>urlize</c> and
/// <c>xmlattr</c> do not exist.
/// </summary>
internal static class HtmlFilters
{
    public static readonly KeyValuePair<string, BuiltIn>[] All =
    [
        .. Named(BuiltIn.Of("escape(s)", c => Escape(c.AnyText(0))), "e", "forceescape"),
        .. Named(BuiltIn.Of("safe(value)", c => c.AnyText(0))),
    ];

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace("'", "&#39;", StringComparison.Ordinal)
            .Replace("\"", "&#34;", StringComparison.Ordinal);
}
