using System.Collections.Frozen;
using System.Globalization;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Dates;

/// <summary>A zone: UTC, a fixed offset, or one of the system's database as <c>pytz.timezone</c> gives it.</summary>
internal sealed class PyTimeZone(string name, TimeZoneInfo? zone, TimeSpan fixedOffset, bool isPytz) : IPyObject
{
    private static readonly FrozenDictionary<string, BuiltIn> Methods = Values.Methods.Table(
        BuiltIn.Of("localize(self, dt, is_dst?)", Localize),
        BuiltIn.Of("normalize(self, dt)", c => Moment(c).InZone((PyTimeZone)c[0]!)),
        BuiltIn.Of(
            "utcoffset(self, dt)",
            c => c[1] is PyDateTime moment ? PyTimeDelta.Of(((PyTimeZone)c[0]!).OffsetAtLocal(moment.Local)) : null
        ),
        BuiltIn.Of(
            "tzname(self, dt)",
            c => ((PyTimeZone)c[0]!).NameAtLocal(c[1] is PyDateTime moment ? moment.Local : default)
        )
    );

    public static PyTimeZone Utc { get; } = new("UTC", null, TimeSpan.Zero, isPytz: false);

    public static PyTimeZone PytzUtc { get; } = new("UTC", null, TimeSpan.Zero, isPytz: true);

    public static PyClass Class { get; } =
        new(
            "datetime.timezone",
            BuiltIn.Of(
                "timezone(offset, name?)",
                c =>
                    Fixed(
                        c[0] is PyTimeDelta delta
                            ? delta.Span
                            : throw PyError.Type("timezone() argument 1 must be datetime.timedelta"),
                        c.IsGiven(1) ? c.Text(1) : null
                    )
            ),
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["utc"] = Utc }
        );

    public string TypeName => isPytz ? "pytz.tzinfo" : "datetime.timezone";

    public static PyTimeZone Fixed(TimeSpan offset, string? name = null) =>
        name is null && offset == TimeSpan.Zero ? Utc
        : offset.Duration() >= TimeSpan.FromDays(1)
            ? throw PyError.Value("the offset of a timezone must be less than a day")
        : new PyTimeZone(name ?? "UTC" + OffsetText(offset, ":"), null, offset, isPytz: false);

    public static PyTimeZone Find(string name)
    {
        if (string.Equals(name, "UTC", StringComparison.OrdinalIgnoreCase))
        {
            return PytzUtc;
        }

        // A name of the zone database only: never a path.
        var isName = name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+');
        return isName && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? new PyTimeZone(name, zone, TimeSpan.Zero, isPytz: true)
            : throw PyError.Value($"Unknown time zone '{name}'");
    }

    public TimeSpan OffsetAtUtc(DateTime utc) =>
        zone is null ? fixedOffset : zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    public TimeSpan OffsetAtLocal(DateTime local) =>
        zone is null ? fixedOffset : zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));

    /// <summary>
    /// What <c>%Z</c> gives. .NET does not know the abbreviations of the zone database, so a zone shows its offset, as that
    /// database does for zones without an abbreviation.
    /// </summary>
    public string NameAtLocal(DateTime local)
    {
        if (zone is null)
        {
            return name;
        }

        var text = OffsetText(OffsetAtLocal(local), "");
        return text.EndsWith("00", StringComparison.Ordinal) ? text[..^2] : text;
    }

    public static string OffsetText(TimeSpan offset, string separator)
    {
        var size = offset.Duration();
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{(offset < TimeSpan.Zero ? '-' : '+')}{size.Hours:00}{separator}{size.Minutes:00}"
        );
        return size.Seconds == 0 ? text : text + separator + size.Seconds.ToString("00", CultureInfo.InvariantCulture);
    }

    public string Str() => name;

    public string Repr() =>
        !isPytz ? (ReferenceEquals(this, Utc) ? "datetime.timezone.utc" : $"datetime.timezone({name})")
        : zone is null ? "<UTC>"
        : $"<DstTzInfo '{name}'>";

    public bool TryGetAttribute(string name, out object? value)
    {
        value =
            name == "zone" && isPytz ? Str()
            : Methods.TryGetValue(name, out var method) ? new BoundMethod(method, this)
            : null;
        return value is not null;
    }

    private static PyDateTime Moment(BuiltInCall call) =>
        call[1] as PyDateTime ?? throw PyError.Type($"expected datetime, got {Values.TypeName.Of(call[1])}");

    private static PyDateTime Localize(BuiltInCall call)
    {
        var moment = Moment(call);
        return moment.Zone is null
            ? new PyDateTime(moment.Local, (PyTimeZone)call[0]!)
            : throw PyError.Value("Not naive datetime (tzinfo is already set)");
    }
}
