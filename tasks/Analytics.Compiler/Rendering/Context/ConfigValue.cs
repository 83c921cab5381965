using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>config</c>: called it sets, asked it gets.</summary>
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
            "get" => Create(name, Get),
            "require" => Create(name, Require),
            "set" => Create(name, _ => string.Empty),
            "persist_relation_docs" => Create(name, _ => PersistDocs("relation")),
            "persist_column_docs" => Create(name, _ => PersistDocs("columns")),
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

    private object? Get(CallArguments args)
    {
        var name = args.RequireText(0, "name", "config.get");
        return session.TryGetConfig(name, out var value) ? value : args.Optional(1, "default");
    }

    private object? Require(CallArguments args)
    {
        var name = args.RequireText(0, "name", "config.require");
        return session.TryGetConfig(name, out var value)
            ? value
            : throw args.Fail($"the config '{name}' is required, but it is not set", args.SpanOf(0, "name"));
    }

    private bool PersistDocs(string part) =>
        session.TryGetConfig("persist_docs", out var value)
        && value is Jinja.Values.PyDict settings
        && settings.TryGet(part, out var on)
        && on is true;
}
