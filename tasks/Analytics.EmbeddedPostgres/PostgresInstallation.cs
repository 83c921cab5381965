namespace Analytics.EmbeddedPostgres;

/// <summary>A folder with <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c> of one PostgreSQL.</summary>
/// <param name="BinDirectory">Absolute path of the folder that holds the three programs.</param>
/// <param name="Version">What <c>postgres --version</c> says: major and minor, such as 15.14; a beta has minor 0.</param>
/// <param name="Origin">How it was found, in words for a person, such as <c>pg_config --bindir</c>.</param>
public sealed record PostgresInstallation(string BinDirectory, Version Version, string Origin)
{
    internal string Postgres => Program("postgres");

    internal string InitDb => Program("initdb");

    internal string PgCtl => Program("pg_ctl");

    private string Program(string name) =>
        Path.Combine(BinDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);
}
