using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>env_var</c>.</summary>
internal static class EnvironmentFunctions
{
    // dbt keeps secrets out of models: their text would end in compiled SQL and artifacts.
    private const string SecretPrefix = "DBT_ENV_SECRET";

    public static HostFunction EnvVar(RenderSession session) =>
        HostFunction.Create(
            "env_var",
            args =>
            {
                var name = args.RequireText(0, "var", "env_var");
                var span = args.SpanOf(0, "var");
                if (name.StartsWith(SecretPrefix, StringComparison.Ordinal))
                {
                    throw args.Fail(
                        $"the secret '{name}' can be used in profiles.yml only: here it would end in compiled SQL",
                        span
                    );
                }

                if (session.EnvVar(name) is { } value)
                {
                    return value;
                }

                return args.TryGet(1, "default", out var fallback)
                    ? fallback
                    : throw session.Fail(args, span, place => TemplateDiagnostics.MissingEnv(place, name));
            }
        );
}
