using Analytics.EmbeddedPostgres.Locating;

namespace Analytics.EmbeddedPostgres.Tests;

public sealed class PostgresLocatorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analytics-locator-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_newest_installed_one_wins_wherever_it_is()
    {
        SearchPlace[] installed = [Fake("a", "15.3"), Fake("b", "17.1"), Fake("c", "16.9")];
        var found = PostgresLocator.Find(new(), () => installed);
        Assert.Equal(
            (new Version(17, 1), installed[1].Directory, "b"),
            (found.Version, found.BinDirectory, found.Origin)
        );
    }

    [Fact]
    public void An_installed_one_wins_over_a_newer_package()
    {
        Fake("package/native/bin", "18.4");
        var options = new PostgresLocatorOptions { PackageDirectory = Path.Combine(folder, "package") };
        var installed = Fake("installed", "15.3");
        Assert.Equal(15, PostgresLocator.Find(options, () => [installed]).Version.Major);
        Assert.Equal(18, PostgresLocator.Find(options, () => []).Version.Major);
    }

    [Theory]
    [InlineData("chosen")]
    [InlineData("chosen/bin")]
    public void The_setting_names_the_folder_or_its_parent_and_wins_over_all(string setting)
    {
        Fake("chosen/bin", "15.3");
        var installed = Fake("installed", "17.1");
        var options = new PostgresLocatorOptions { BinDirectory = Path.Combine(folder, setting) };
        Assert.Equal(new Version(15, 3), PostgresLocator.Find(options, () => [installed]).Version);
    }

    [Fact]
    public void A_wrong_setting_is_an_error_although_another_is_installed()
    {
        var installed = Fake("installed", "17.1");
        var options = new PostgresLocatorOptions { BinDirectory = Path.Combine(folder, "nowhere") };
        var error = Assert.Throws<PostgresNotFoundException>(() => PostgresLocator.Find(options, () => [installed]));
        Assert.Contains(options.BinDirectory, error.Message, StringComparison.Ordinal);
        Assert.Contains("no postgres, initdb, pg_ctl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_too_old_is_passed_over_and_named()
    {
        var installed = Fake("old", "14.9");
        var error = Assert.Throws<PostgresNotFoundException>(() => PostgresLocator.Find(new(), () => [installed]));
        Assert.Equal(2, error.Tried.Length);
        Assert.Equal($"{installed.Directory} (old): PostgreSQL 14.9", error.Tried[0]);
    }

    [Fact]
    public void A_wanted_major_version_is_found_behind_a_newer_one()
    {
        SearchPlace[] installed = [Fake("a", "17.1"), Fake("b", "16.9")];
        Assert.Equal(16, PostgresLocator.Find(new() { Major = 16 }, () => installed).Version.Major);
    }

    [Fact]
    public void A_client_without_a_server_is_passed_over()
    {
        var client = Fake("client", "17.1");
        File.Delete(Path.Combine(client.Directory, "initdb"));
        var error = Assert.Throws<PostgresNotFoundException>(() => PostgresLocator.Find(new(), () => [client]));
        Assert.Contains("no initdb", error.Tried[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_does_not_run_is_passed_over()
    {
        var broken = Fake("broken", "17.1");
        File.WriteAllText(Path.Combine(broken.Directory, "postgres"), "not a program");
        var error = Assert.Throws<PostgresNotFoundException>(() => PostgresLocator.Find(new(), () => [broken]));
        Assert.Contains("postgres does not run", error.Tried[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)", "15.14")]
    [InlineData("postgres (PostgreSQL) 18.4", "18.4")]
    [InlineData("postgres (PostgreSQL) 19beta1", "19.0")]
    [InlineData("postgres (EnterpriseDB) 16.2", "16.2")]
    [InlineData("psql (PostgreSQL) 16.2", null)]
    [InlineData("", null)]
    public void Versions_are_read_as_distributors_write_them(string line, string? expected) =>
        Assert.Equal(expected, InstallationProbe.ParseVersion(line)?.ToString());

    [Fact]
    public void A_pattern_names_its_folders_in_order()
    {
        foreach (var name in new[] { "17", "15", "9.6" })
            Directory.CreateDirectory(Path.Combine(folder, name, "bin"));
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        var found = InstalledPlaces
            .Expand(Path.Combine(folder, "*", "bin"))
            .Select(path => Path.GetRelativePath(folder, path));
        Assert.Equal([Path.Combine("15", "bin"), Path.Combine("17", "bin"), Path.Combine("9.6", "bin")], found);
    }

    [Fact]
    public void The_path_is_searched_once_for_each_folder_with_a_server()
    {
        var place = Fake("on-path", "17.1");
        var path = string.Join(Path.PathSeparator, folder, place.Directory, "relative", place.Directory);
        var places = InstalledPlaces.Of(path).Where(found => found.Origin == "PATH");
        Assert.Equal([place.Directory], places.Select(found => found.Directory));
    }

    /// <summary>A folder with programs that answer <c>--version</c> and nothing else.</summary>
    private SearchPlace Fake(string name, string version)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs are shell scripts.");
        var directory = Path.Combine(folder, name);
        Directory.CreateDirectory(directory);
        foreach (var program in new[] { "postgres", "initdb", "pg_ctl" })
        {
            var path = Path.Combine(directory, program);
            File.WriteAllText(path, $"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new SearchPlace(directory, name);
    }
}
