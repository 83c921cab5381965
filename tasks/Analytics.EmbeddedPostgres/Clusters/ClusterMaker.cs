using System.Text;
using Analytics.EmbeddedPostgres.Running;

namespace Analytics.EmbeddedPostgres.Clusters;

/// <summary>Makes a new cluster: the data folder, the two roles with their passwords, the database.</summary>
internal sealed class ClusterMaker(
    ServerAccount account,
    PostgresInstallation installation,
    EmbeddedServerOptions options
)
{
    public const string SuperUser = "postgres";

    /// <summary>The data folder until it is complete. A killed start leaves only this, and the next one deletes it.</summary>
    private const string Unfinished = "data.new";

    /// <summary>Only a password, only over TCP, only from this machine.</summary>
    private const string HostBasedAuthentication = """
        # TYPE  DATABASE  USER  ADDRESS       METHOD
        host    all       all   127.0.0.1/32  scram-sha-256

        """;

    /// <summary>Makes the cluster. Afterwards it is complete, and has never been started; or it is absent.</summary>
    /// <exception cref="EmbeddedPostgresException">PostgreSQL refused; the message quotes it.</exception>
    public async Task MakeAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        var data = Path.Combine(cluster.Folder, Unfinished);
        if (Directory.Exists(data))
            Directory.Delete(data, recursive: true);
        Directory.CreateDirectory(data);
        await account.TakeOwnershipAsync(data, cancellationToken);
        await InitializeAsync(cluster.Folder, cancellationToken);

        var superPassword = PassFile.NewPassword();
        var ownerPassword = PassFile.NewPassword();
        await CreateRolesAsync(cluster.Folder, superPassword, ownerPassword, cancellationToken);

        // Truncates in place, so the owner and the mode that initdb chose stay.
        await File.WriteAllTextAsync(Path.Combine(data, "pg_hba.conf"), HostBasedAuthentication, cancellationToken);
        await File.AppendAllTextAsync(
            Path.Combine(data, "postgresql.conf"),
            $"\ninclude_if_exists = '{ServerSettings.FileName}'\n",
            cancellationToken
        );
        PassFile.Write(cluster.PassFilePath, [(SuperUser, superPassword), (options.Owner, ownerPassword)]);
        Directory.Move(data, cluster.DataDirectory);
    }

    private async Task InitializeAsync(string folder, CancellationToken cancellationToken)
    {
        List<string> arguments = ["-D", Unfinished, "-U", SuperUser, "-E", "UTF8", "--locale=C", "-N", "--auth=reject"];
        if (options.Purpose == ServerPurpose.Throwaway)
            // The least that each copy of the cluster must copy.
            arguments.Add("--wal-segsize=1");
        var start = account.StartInfo(installation.InitDb, arguments, folder);
        var result = await ServerProgram.RunAsync(start, null, cancellationToken);
        if (result.ExitCode != 0)
            throw new EmbeddedPostgresException(
                $"initdb of {installation.BinDirectory} failed in '{folder}':{Environment.NewLine}{result.Output.Trim()}"
            );
    }

    /// <summary>
    /// In single-user mode, where no password is needed because none exists yet and nobody else can connect. One statement
    /// a line. The passwords travel through a pipe, never through an argument.
    /// </summary>
    private async Task CreateRolesAsync(
        string folder,
        string superPassword,
        string ownerPassword,
        CancellationToken cancellationToken
    )
    {
        var statements = new StringBuilder()
            .Append($"ALTER ROLE {SuperUser} PASSWORD '{superPassword}';\n")
            .Append($"CREATE ROLE {options.Owner} LOGIN PASSWORD '{ownerPassword}';\n")
            .Append($"CREATE DATABASE {options.Database} OWNER {options.Owner};\n");
        string[] arguments =
        [
            "--single",
            "-D",
            Unfinished,
            "-c",
            "fsync=off",
            "-c",
            "log_min_error_statement=panic",
            SuperUser,
        ];
        var start = account.StartInfo(installation.Postgres, arguments, folder);
        var result = await ServerProgram.RunAsync(start, statements.ToString(), cancellationToken);
        // Single-user mode reports an error and goes on, with exit code zero.
        var error = result
            .Output.Split('\n')
            .FirstOrDefault(line =>
                line.Contains("ERROR:", StringComparison.Ordinal)
                || line.Contains("FATAL:", StringComparison.Ordinal)
                || line.Contains("PANIC:", StringComparison.Ordinal)
            );
        if (result.ExitCode != 0 || error is not null)
            throw new EmbeddedPostgresException(
                $"The role '{options.Owner}' and the database '{options.Database}' could not be created in '{folder}': {error?.Trim() ?? "postgres --single ended with exit code " + result.ExitCode}"
            );
    }
}
