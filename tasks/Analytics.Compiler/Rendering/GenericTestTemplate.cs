using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>The template of a generic test: one call of its macro, as dbt writes it.</summary>
internal static class GenericTestTemplate
{
    /// <summary>The name that holds the arguments while the call renders.</summary>
    public const string ArgumentsName = "_dbt_generic_test_kwargs";

    /// <summary>Parses the call of a macro. The text is no author's file: what goes wrong in it lands on the declaration.</summary>
    public static Template For(MacroReference macro) =>
        Template.Parse(
            new SourceFile(
                $"generic test {macro.Package}.{macro.Name}",
                $"{{{{ {macro.Package}.{macro.Name}(**{ArgumentsName}) }}}}"
            )
        );
}
