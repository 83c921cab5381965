using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>adapter.behavior</c>: dbt's switches between old and new behaviour. There is no old one here: all are off.</summary>
internal sealed class BehaviorValue : IHostObject
{
    private BehaviorValue() { }

    public static BehaviorValue Instance { get; } = new();

    public string TypeName => "Behavior";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = Flag.Instance;
        return true;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    public string AsText() => "behavior";

    private sealed class Flag : IHostObject
    {
        public static Flag Instance { get; } = new();

        public string TypeName => "BehaviorFlag";

        public bool IsTrue => false;

        public bool TryGetAttribute(string name, out object? value)
        {
            value = false;
            return name is "setting" or "no_warn";
        }

        public bool TryGetItem(object? key, out object? value)
        {
            value = null;
            return false;
        }

        public string AsText() => "False";
    }
}
