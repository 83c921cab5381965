using System.Collections.Immutable;

namespace Analytics.Compiler.Loading.Profiles;

/// <summary>The private PostgreSQL of a project, and what a profile that names it need not say.</summary>
internal static class EmbeddedTarget
{
    /// <summary>The host that means it.</summary>
    public const string Host = "embedded";

    /// <summary>The only name that the default target has.</summary>
    public const string DefaultName = "dev";

    public const string User = "dbt";
    public const string Database = "analytics";
    public const int Threads = 4;

    // PostgreSQL keeps 63 bytes of a name.
    private const int LongestUser = 59;

    public static TargetProfile Default(string profileName, IEnvironment environment) =>
        new(
            profileName,
            DefaultName,
            Embedded: true,
            Host,
            Port: 0,
            User,
            Database,
            Schema(environment),
            Threads,
            Password: null,
            ImmutableSortedDictionary<string, string>.Empty
        );

    /// <summary>One schema per person: <c>dbt_</c> and the login name, as an identifier that needs no quotes.</summary>
    public static string Schema(IEnvironment environment)
    {
        var login = NonEmpty(environment.Get("USER")) ?? NonEmpty(environment.Get("USERNAME")) ?? "dev";
        var name = string.Concat(
            login.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '_')
        );
        return $"dbt_{(name.Length > LongestUser ? name[..LongestUser] : name)}";
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
