using Analytics.Compiler.Resolving.Configs;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>
/// <c>config</c>: called it sets, asked it gets. In the first pass, where configs are being read, what is not known is the
/// empty text, as in dbt.
/// </summary>
internal sealed class ConfigValue(RenderSession session) : HostFunction("config"), IHostObject
{
    public string TypeName => "config";

    public override object? Invoke(CallArguments args)
    {
        session.Configure(args);
        return string.Empty;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" => Create(name, args => Get(args, name, session.TryGetConfig)),
            "require" => Create(name, args => Require(args, name, session.TryGetConfig)),
            "meta_get" => Create(name, args => Get(args, name, TryGetMeta)),
            "meta_require" => Create(name, args => Require(args, name, TryGetMeta)),
            "set" => Create(name, Set),
            "persist_relation_docs" => Create(name, args => PersistDocs("relation", args)),
            "persist_column_docs" => Create(name, args => PersistDocs("columns", args)),
            _ => null,
        };
        return value is not null || session.TryGetConfig(name, out value);
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && session.TryGetConfig(name, out value);
    }

    public string AsText() => "config";

    private delegate bool Lookup(string key, out object? value);

    private object? Get(CallArguments args, string function, Lookup lookup)
    {
        var name = args.RequireText(0, "name", $"config.{function}");
        var known = lookup(name, out var value);
        if (!known)
        {
            value = args.Optional(1, "default", session.IsCapture ? string.Empty : null);
        }

        // As in dbt, a value is only held against the validator where there is a default.
        if (!session.IsCapture && args.Optional(1, "default") is not null)
        {
            Validate(args, 2, value);
        }

        return value;
    }

    private object? Require(CallArguments args, string function, Lookup lookup)
    {
        var name = args.RequireText(0, "name", $"config.{function}");
        if (!lookup(name, out var value))
        {
            return session.IsCapture
                ? string.Empty
                : throw args.Fail($"the config '{name}' is required, but it is not set", args.SpanOf(0, "name"));
        }

        if (!session.IsCapture)
        {
            Validate(args, 1, value);
        }

        return value;
    }

    private static void Validate(CallArguments args, int index, object? value)
    {
        if (args.Optional(index, "validator") is { } validator)
        {
            args.Context.Call(validator, [value], [], args.Span);
        }
    }

    private bool TryGetMeta(string key, out object? value)
    {
        value = null;
        return session.TryGetConfig("meta", out var meta)
            && AdapterDispatch.Entries(meta) is { } entries
            && entries.TryGet(key, out value);
    }

    private object Set(CallArguments args)
    {
        var name = args.RequireText(0, "name", "config.set");
        var place = TemplateLocation.InAuthorsFile(args.SpanOf(1, "value"), args.Context.Stack, session.Fallback).Span;
        session.Configure(new ConfigEntry(name, args.Optional(1, "value"), place));
        return string.Empty;
    }

    private bool PersistDocs(string part, CallArguments args)
    {
        if (!session.TryGetConfig("persist_docs", out var value) || value is null)
        {
            return false;
        }

        return AdapterDispatch.Entries(value) is { } settings
            ? settings.TryGet(part, out var on) && on is true
            : throw args.Fail($"'persist_docs' is a mapping, but it is {PyText.Repr(value)}");
    }
}
