using System.Text;
using Analytics.Compiler.Loading;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Security;

/// <summary>No byte that a publish says or writes holds a password, whatever goes wrong.</summary>
public sealed class SecretTests(PostgresFixture postgres)
{
    // What connection strings, YAML, URLs and SQL make something of.
    private const string Password = "s;e=c\"r%20e\\t&" + Marker;

    // However the rest is escaped, this part of it stays what it is.
    private const string Marker = "ZqXjK";

    [Theory]
    [InlineData("", "", true)]
    [InlineData("password: '[^']*'", "password: \"{{ env_var('SHOP_PASSWORD') }}\"", true)]
    [InlineData("password: '([^']*)'", "password: '$1-wrong'", false)]
    [InlineData("user: '[^']*'", "user: nobody_there", false)]
    [InlineData("port: [0-9]+", "port: 1, retries: 0", false)]
    [InlineData("host: '[^']*'", "host: host.invalid, retries: 0", false)]
    [InlineData("threads: 2", "threads: 2, sslmode: verify-full, sslrootcert: nothing.crt", false)]
    [InlineData("threads: 2", "threads: 2, role: nobody_there", false)]
    [InlineData("threads: 2", "threads: 2, search_path: \"'\"", true)]
    public async Task A_password_is_nowhere(string pattern, string replacement, bool succeeds)
    {
        await using var store = await Storefront.OpenAsync(
            postgres,
            ("models/base.sql", "{{ config(materialized='table') }} select 1 as v"),
            ("models/odd.sql", "{{ log('to ' ~ target, info=true) }} select '{{ target.password }}' as shown")
        );
        const string Role = "keeps_secrets";
        await store.AsSuperUserAsync(
            $"create role {Role} login password '{Password}'; grant create on database \"{store.Database.Name}\" to {Role}"
        );
        try
        {
            store.Profile("user: '[^']*', password: '[^']*'", $"user: '{Role}', password: '{Password}'");
            if (pattern.Length > 0)
            {
                store.Profile(pattern, replacement);
            }

            var environment = new TestEnvironment(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["SHOP_PASSWORD"] = Password }
            );
            var report = await store.TryPublishAsync(change: request => request with { Environment = environment });

            var observer = store.Observer;
            Assert.Equal(succeeds, report.Succeeded);
            Assert.True(succeeds || observer.Errors.Any(), "nothing was said");
            var said = observer
                .Messages.Concat(observer.Diagnostics.Select(found => $"{found} {string.Join(' ', found.Related)}"))
                .Concat(observer.Results.Select(result => result.ToString()))
                .Append(report.ToString());
            Assert.DoesNotContain(said, line => line.Contains(Marker, StringComparison.Ordinal));
            var files = Directory.GetFiles(store.PathOf("."), "*", SearchOption.AllDirectories);
            var written = files.Where(file => Path.GetFileName(file) != "profiles.yml").ToList();
            Assert.NotEmpty(written);
            Assert.DoesNotContain(
                written,
                file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Marker)) >= 0
            );
        }
        finally
        {
            await store.AsSuperUserAsync($"drop owned by {Role} cascade; drop role {Role}");
        }
    }

    private sealed class TestEnvironment(IReadOnlyDictionary<string, string> variables) : IEnvironment
    {
        public string? Get(string name) => variables.GetValueOrDefault(name);
    }
}
