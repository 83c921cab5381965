using System.Diagnostics;
using Analytics.Deployment.Tests.Faults;
using Analytics.Deployment.Tests.Support;
using Npgsql;

namespace Analytics.Deployment.Tests.Security;

/// <summary>What a profile says of TLS is done, on a server whose certificate an authority of the test's own has signed.</summary>
public sealed class TlsTests(OwnServer server) : IClassFixture<OwnServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sslmode: disable", false)]
    [InlineData("sslmode: require", true)]
    [InlineData("sslmode: require, sslrootcert: {0}/ca.crt", true)]
    [InlineData("sslmode: verify-ca, sslrootcert: {0}/ca.crt", true)]
    [InlineData("sslmode: verify-full, sslrootcert: {0}/ca.crt", true)]
    [InlineData("sslmode: verify-full, sslrootcert: {0}/ca.crt, sslcert: {0}/dbt.crt, sslkey: {0}/dbt.key", true)]
    public async Task A_server_that_proves_what_the_profile_asks_for_is_published_to(string settings, bool encrypted)
    {
        using var certificates = await OnAsync("127.0.0.1");
        await using var store = await OpenAsync(certificates, settings);

        await store.PublishAsync();

        Assert.Equal([encrypted ? "true" : "false"], await store.QueryAsync("select ssl::text from dev.how"));
    }

    [Theory]
    [InlineData("sslmode: require, sslrootcert: {0}/other.crt")]
    [InlineData("sslmode: verify-ca, sslrootcert: {0}/other.crt")]
    [InlineData("sslmode: verify-full, sslrootcert: {0}/other.crt")]
    [InlineData("sslmode: verify-full")]
    public async Task A_server_whose_authority_is_another_is_not(string settings)
    {
        using var certificates = await OnAsync("127.0.0.1");
        await using var store = await OpenAsync(certificates, settings + ", retries: 0");

        Assert.False((await store.TryPublishAsync()).Succeeded);

        Assert.Contains("ASQL6001", Assert.Single(store.Observer.Errors));
    }

    [Theory]
    [InlineData("verify-ca", true)]
    [InlineData("verify-full", false)]
    public async Task A_server_of_another_name_is_where_the_name_does_not_count(string mode, bool succeeds)
    {
        using var certificates = await OnAsync("192.0.2.1");
        await using var store = await OpenAsync(
            certificates,
            $"sslmode: {mode}, sslrootcert: {{0}}/ca.crt, retries: 0"
        );

        Assert.Equal(succeeds, (await store.TryPublishAsync()).Succeeded);
    }

    private async Task<Storefront> OpenAsync(TestCertificates certificates, string settings)
    {
        var store = await Storefront.OpenAsync(
            server.Postgres,
            (
                "models/how.sql",
                "{{ config(materialized='table') }} select ssl from pg_stat_ssl where pid = pg_backend_pid()"
            )
        );
        store.Profile("threads: 2", "threads: 2, " + string.Format(settings, certificates.Folder));
        return store;
    }

    private async Task<TestCertificates> OnAsync(string address)
    {
        await using var connection = new NpgsqlConnection(
            server.Postgres.SuperUserConnectionString + ";Pooling=false;SSL Mode=Disable"
        );
        await connection.OpenAsync(Token);
        var process = FormattableString.Invariant($"/proc/{connection.ProcessID}");
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Directory.Exists(process),
            "the server's files are not those of this machine"
        );
        await using var where = new NpgsqlCommand("show data_directory", connection);
        var data = (string)(await where.ExecuteScalarAsync(Token))!;
        var certificates = new TestCertificates(address);
        foreach (var file in new[] { "server.crt", "server.key" })
        {
            var path = Path.Combine(data, file);
            File.Copy(Path.Combine(certificates.Folder, file), path, overwrite: true);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            using var chown = Process.Start("chown", ["--reference", process, path]);
            await chown.WaitForExitAsync(Token);
        }

        foreach (var sql in new[] { "alter system set ssl = on", "select pg_reload_conf()" })
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Token);
        }

        await WaitAsync(certificates.ServerThumbprint);
        return certificates;
    }

    // The server takes new settings when it comes to it.
    private async Task WaitAsync(string thumbprint)
    {
        for (var attempt = 0; ; attempt++)
        {
            var seen = string.Empty;
            var source = new NpgsqlDataSourceBuilder(
                server.Postgres.SuperUserConnectionString + ";Pooling=false;SSL Mode=Require"
            );
            source.UseSslClientAuthenticationOptionsCallback(options =>
                options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    seen = certificate?.GetCertHashString() ?? string.Empty;
                    return true;
                }
            );
            await using var connections = source.Build();
            try
            {
                await using var connection = await connections.OpenConnectionAsync(Token);
            }
            catch (NpgsqlException) when (attempt < 100)
            {
                // It does not speak TLS yet.
            }

            if (seen == thumbprint)
            {
                return;
            }

            Assert.True(attempt < 100, "the server does not use the certificate");
            await Task.Delay(50, Token);
        }
    }
}
