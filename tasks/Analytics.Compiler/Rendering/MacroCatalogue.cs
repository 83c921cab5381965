using Analytics.Compiler.Describing;
using Analytics.Compiler.Rendering.Builtin;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering;

/// <summary>Tells a project's description about its macros.</summary>
internal sealed class MacroCatalogue(MacroLibrary library) : IMacroCatalogue
{
    public IEnumerable<KeyValuePair<string, MacroDefinition>> BuiltIn =>
        BuiltinPackage
            .Macros.OrderBy(macro => macro.Key, StringComparer.Ordinal)
            .Select(macro => KeyValuePair.Create(macro.Key, macro.Value.Definition!));

    public string? IdOf(string package, MacroCallName call)
    {
        if (call.IsDispatched)
        {
            return library.Dispatch(package, call.Name, call.Package) is { } found
                ? $"macro.{found.Package}.{found.Name}"
                : null;
        }

        ReadOnlySpan<string> packages = call.Package is { } named
            ? [named]
            : [package, library.RootPackage, BuiltinPackage.Name];
        foreach (var candidate in packages)
        {
            if (library.Find(candidate, call.Name) is not null)
            {
                return $"macro.{candidate}.{call.Name}";
            }
        }

        return null;
    }
}
