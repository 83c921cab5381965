using System.Collections.Frozen;
using System.Globalization;
using Analytics.Jinja.Lexing;

namespace Analytics.Jinja.Values;

/// <summary>The methods of Python's str; the ones that cut are in <see cref="StringSplitting"/>.</summary>
internal static class StringMethods
{
    public static readonly FrozenDictionary<string, BuiltIn> All = Methods.Table(
        BuiltIn.Of("upper(self)", c => PyCase.ToUpper(Self(c))),
        BuiltIn.Of("lower(self)", c => PyCase.ToLower(Self(c))),
        BuiltIn.Of("title(self)", c => PyCase.ToTitle(Self(c))),
        BuiltIn.Of("capitalize(self)", c => PyCase.Capitalize(Self(c))),
        BuiltIn.Of("swapcase(self)", c => PyCase.SwapCase(Self(c))),
        BuiltIn.Of("casefold(self)", c => PyCase.CaseFold(Self(c))),
        BuiltIn.Of("strip(self, chars?)", c => Strip(c, true, true)),
        BuiltIn.Of("lstrip(self, chars?)", c => Strip(c, true, false)),
        BuiltIn.Of("rstrip(self, chars?)", c => Strip(c, false, true)),
        BuiltIn.Of("split(self, sep?, maxsplit?)", StringSplitting.Split),
        BuiltIn.Of("rsplit(self, sep?, maxsplit?)", StringSplitting.SplitRight),
        BuiltIn.Of("splitlines(self, keepends?)", StringSplitting.SplitLines),
        BuiltIn.Of("partition(self, sep)", StringSplitting.Partition),
        BuiltIn.Of("rpartition(self, sep)", StringSplitting.PartitionRight),
        BuiltIn.Of("join(self, items)", Join),
        BuiltIn.Of(
            "replace(self, old, new, count?)",
            c => Replace(Self(c), c.Text(1), c.Text(2), c.Integer(3, -1), c.Context)
        ),
        BuiltIn.Of(
            "startswith(self, prefix, start?, end?)",
            c => Affix(c, "startswith", (t, p) => t.StartsWith(p, StringComparison.Ordinal))
        ),
        BuiltIn.Of(
            "endswith(self, suffix, start?, end?)",
            c => Affix(c, "endswith", (t, p) => t.EndsWith(p, StringComparison.Ordinal))
        ),
        BuiltIn.Of(
            "removeprefix(self, prefix)",
            c => Self(c).StartsWith(c.Text(1), StringComparison.Ordinal) ? Self(c)[c.Text(1).Length..] : Self(c)
        ),
        BuiltIn.Of(
            "removesuffix(self, suffix)",
            c => Self(c).EndsWith(c.Text(1), StringComparison.Ordinal) ? Self(c)[..^c.Text(1).Length] : Self(c)
        ),
        BuiltIn.Of("find(self, sub, start?, end?)", c => Boxes.Of(Find(c, false))),
        BuiltIn.Of("rfind(self, sub, start?, end?)", c => Boxes.Of(Find(c, true))),
        BuiltIn.Of("index(self, sub, start?, end?)", c => Found(Find(c, false))),
        BuiltIn.Of("rindex(self, sub, start?, end?)", c => Found(Find(c, true))),
        BuiltIn.Of("count(self, sub, start?, end?)", Count),
        BuiltIn.Of("ljust(self, width, fill?)", c => Pad(c, 0, 1)),
        BuiltIn.Of("rjust(self, width, fill?)", c => Pad(c, 1, 0)),
        BuiltIn.Of("center(self, width, fill?)", c => Pad(c, 1, 1)),
        BuiltIn.Of("zfill(self, width)", ZeroFill),
        BuiltIn.Of("expandtabs(self, tabsize?)", c => StringSplitting.ExpandTabs(Self(c), c.Size(1, 8))),
        BuiltIn.Of("format(self, *, **)", c => StringFormat.Format(Self(c), c.MorePositional, c.MoreNamed, c.Context)),
        BuiltIn.Of("format_map(self, mapping)", c => StringFormat.FormatMap(Self(c), c[1], c.Context)),
        BuiltIn.Of("isdigit(self)", c => AllAre(c, x => CharUnicodeInfo.GetDigitValue(x) >= 0)),
        BuiltIn.Of("isdecimal(self)", c => AllAre(c, char.IsDigit)),
        BuiltIn.Of("isnumeric(self)", c => AllAre(c, IsNumeric)),
        BuiltIn.Of("isalpha(self)", c => AllAre(c, char.IsLetter)),
        BuiltIn.Of("isalnum(self)", c => AllAre(c, x => char.IsLetter(x) || IsNumeric(x))),
        BuiltIn.Of("isprintable(self)", c => Boxes.Of(Self(c).EnumerateRunes().All(PyText.IsPrintable))),
        BuiltIn.Of("isspace(self)", c => AllAre(c, PyChars.IsSpace)),
        BuiltIn.Of("isascii(self)", c => Boxes.Of(Self(c).All(char.IsAscii))),
        BuiltIn.Of("isupper(self)", c => Boxes.Of(Self(c).Any(char.IsUpper) && !Self(c).Any(char.IsLower))),
        BuiltIn.Of("islower(self)", c => Boxes.Of(Self(c).Any(char.IsLower) && !Self(c).Any(char.IsUpper))),
        BuiltIn.Of("istitle(self)", c => Boxes.Of(Self(c).Any(char.IsLetter) && PyCase.ToTitle(Self(c)) == Self(c))),
        BuiltIn.Of(
            "isidentifier(self)",
            c => Boxes.Of(Self(c).Length > 0 && PyChars.IsNameStart(Self(c)[0]) && Self(c).All(PyChars.IsNamePart))
        )
    );

    // Fractions and Roman numerals are numeric, digits they are not.
    private static bool IsNumeric(char c) => CharUnicodeInfo.GetNumericValue(c) >= 0;

    public static string Strip(string text, string? chars, bool left, bool right)
    {
        var (start, end) = StripRange(text, chars, left, right);
        return text[start..end];
    }

    public static (int Start, int End) StripRange(string text, string? chars, bool left, bool right)
    {
        bool Goes(char c) => chars is null ? PyChars.IsSpace(c) : chars.Contains(c, StringComparison.Ordinal);
        var start = 0;
        var end = text.Length;
        while (left && start < end && Goes(text[start]))
        {
            start++;
        }

        while (right && end > start && Goes(text[end - 1]))
        {
            end--;
        }

        return (start, end);
    }

    /// <param name="text">The text.</param>
    /// <param name="old">What goes; the empty text is found between all characters.</param>
    /// <param name="replacement">What comes.</param>
    /// <param name="count">How many from the left; negative for all.</param>
    /// <param name="context">Bounds the result.</param>
    public static string Replace(string text, string old, string replacement, long count, RenderContext context)
    {
        if (count == 0)
        {
            return text;
        }

        if (old.Length == 0)
        {
            return Interleave(text, replacement, count, context);
        }

        if (count < 0)
        {
            // Nothing is made before it is known how long it gets.
            if (replacement.Length > old.Length)
            {
                var found = (long)text.AsSpan().Count(old);
                context.ChargeText(text.Length + (found * (replacement.Length - old.Length)));
            }

            return old.Length == 1 && replacement.Length == 1
                ? text.Replace(old[0], replacement[0])
                : text.Replace(old, replacement, StringComparison.Ordinal);
        }

        var parts = text.Split(old, (int)Math.Min(count + 1, int.MaxValue));
        context.ChargeText(text.Length + ((long)parts.Length * replacement.Length));
        return string.Join(replacement, parts);
    }

    // An empty text stands before each character and behind the last. A method of its own: its lambdas would cost every replacement
    // an object.
    private static string Interleave(string text, string added, long count, RenderContext context)
    {
        var pieces = PyString.Characters(text).Select(p => (string)p!).ToList();
        var times = (int)(count < 0 ? pieces.Count + 1 : Math.Min(count, pieces.Count + 1));
        context.ChargeText(text.Length + ((long)times * added.Length));
        return string.Concat(
            pieces.Select((p, i) => i < times ? added + p : p).Append(times > pieces.Count ? added : "")
        );
    }

    private static string Self(BuiltInCall call) => (string)call[0]!;

    private static string Strip(BuiltInCall call, bool left, bool right)
    {
        var (start, end) = StripRange(Self(call), call.IsGiven(1) ? call.Text(1) : null, left, right);
        return call.Context.Part(Self(call), start, end - start);
    }

    private static object AllAre(BuiltInCall call, Func<char, bool> test) =>
        Boxes.Of(Self(call).Length > 0 && Self(call).All(test));

    private static string Join(BuiltInCall call)
    {
        var items = Iteration.ToList(call[1], call.Context);
        var texts = new string[items.Count];
        long length = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = items[i] switch
            {
                string text => text,
                Undefined undefined => throw undefined.Error(),
                var other => throw PyError.Type(
                    $"sequence item {i}: expected str instance, {TypeName.Of(other)} found"
                ),
            };
            length += texts[i].Length + Self(call).Length;
        }

        call.Context.ChargeText(length);
        return string.Join(Self(call), texts);
    }

    // The part of the text that 'start' and 'end' leave; null when it lies outside.
    private static string? Window(BuiltInCall call, out int offset)
    {
        var text = Self(call);
        var length = PyString.Length(text);
        var start = call.Integer(2, 0);
        var end = call.Integer(3, length);
        start = start < 0 ? Math.Max(start + length, 0) : start;
        end = end < 0 ? Math.Max(end + length, 0) : Math.Min(end, length);
        offset = (int)Math.Min(start, length);
        if (start > end)
        {
            return null;
        }

        var from = PyString.Offset(text, offset);
        return text[from..PyString.Offset(text, (int)end)];
    }

    private static int Find(BuiltInCall call, bool last)
    {
        if (Window(call, out var offset) is not { } window)
        {
            return -1;
        }

        var at = last
            ? window.LastIndexOf(call.Text(1), StringComparison.Ordinal)
            : window.IndexOf(call.Text(1), StringComparison.Ordinal);
        return at < 0 ? -1 : offset + PyString.CodePointIndex(window, at);
    }

    private static object Found(int index) => index < 0 ? throw PyError.Value("substring not found") : Boxes.Of(index);

    private static object Count(BuiltInCall call)
    {
        var part = call.Text(1);
        if (Window(call, out _) is not { } window)
        {
            return Boxes.Of(0L);
        }

        return part.Length == 0 ? Boxes.Of(PyString.Length(window) + 1) : Boxes.Of(window.Split(part).Length - 1);
    }

    private static object Affix(BuiltInCall call, string name, Func<string, string, bool> test)
    {
        var window = Window(call, out _);
        switch (call[1])
        {
            case string affix:
                return Boxes.Of(window is not null && test(window, affix));
            case PyTuple tuple when Array.TrueForAll(tuple.Items, i => i is string):
                return Boxes.Of(window is not null && Array.Exists(tuple.Items, i => test(window, (string)i!)));
            case Undefined undefined:
                throw undefined.Error();
            default:
                throw PyError.Type($"{name} first arg must be str or a tuple of str, not {TypeName.Of(call[1])}");
        }
    }

    private static string Pad(BuiltInCall call, int left, int right)
    {
        var text = Self(call);
        var fill = call.Text(2, " ");
        if (PyString.Length(fill) != 1)
        {
            throw PyError.Type("The fill character must be exactly one character long");
        }

        var width = call.Size(1);
        var missing = width - PyString.Length(text);
        if (missing <= 0)
        {
            return text;
        }

        // CPython puts the odd one to the left when the width is odd.
        var before = left * right == 1 ? (missing / 2) + (missing & width & 1) : left * missing;
        return string.Concat(Enumerable.Repeat(fill, before))
            + text
            + string.Concat(Enumerable.Repeat(fill, missing - before));
    }

    private static string ZeroFill(BuiltInCall call)
    {
        var text = Self(call);
        var missing = call.Size(1) - PyString.Length(text);
        if (missing <= 0)
        {
            return text;
        }

        var sign = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{text[..sign]}{new string('0', missing)}{text[sign..]}");
    }
}
