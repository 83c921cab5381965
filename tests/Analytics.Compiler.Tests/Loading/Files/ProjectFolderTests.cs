using Analytics.Compiler.Loading.Files;

namespace Analytics.Compiler.Tests.Loading.Files;

public sealed class ProjectFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_matters_is_read_in_ordinal_order()
    {
        Write(
            "dbt_project.yml",
            "packages.yml",
            "dependencies.yml",
            "selectors.yml",
            "profiles.yml",
            "readme.md",
            "models/b.sql",
            "models/B.sql",
            "models/a/x.yml",
            "models/a/x.yaml",
            "models/a/x.md",
            "models/a/x.txt",
            "models/a/profiles.yml",
            "seeds/s.csv",
            "macros/m.sql",
            "tests/t.sql",
            "snapshots/s.sql",
            "analyses/a.sql",
            "models/.hidden/x.sql",
            "models/target/x.sql",
            "models/bin/x.sql",
            "models/obj/x.sql",
            "dbt_packages/p/models/x.sql",
            "target/compiled/x.sql",
            "other/x.sql"
        );
        folder.Write("dbt_project.yml", "name: shop\n");

        var files = ProjectFolder.Read(folder.Path, "shop");

        Assert.Equal(
            [
                "analyses/a.sql",
                "dbt_project.yml",
                "dependencies.yml",
                "macros/m.sql",
                "models/B.sql",
                "models/a/x.md",
                "models/a/x.yaml",
                "models/a/x.yml",
                "models/b.sql",
                "packages.yml",
                "seeds/s.csv",
                "selectors.yml",
                "snapshots/s.sql",
                "tests/t.sql",
            ],
            files.Files.Select(file => file.Path)
        );
        Assert.Equal("name: shop\n"u8.ToArray(), files.Files[1].Content.ToArray());
        Assert.Equal(folder.Path, files.Directory);
    }

    [Fact]
    public void The_folders_are_those_that_the_definition_names()
    {
        Write("src/a.sql", "models/b.sql");
        folder.Write("dbt_project.yml", "name: shop\nmodel-paths: [src]\n");

        Assert.Equal(["dbt_project.yml", "src/a.sql"], Paths(ProjectFolder.Read(folder.Path, "shop")));
    }

    [Fact]
    public void A_broken_definition_is_read_with_the_usual_folders()
    {
        Write("models/b.sql");
        folder.Write("dbt_project.yml", "name: [\n");

        Assert.Equal(["dbt_project.yml", "models/b.sql"], Paths(ProjectFolder.Read(folder.Path, "shop")));
    }

    [Fact]
    public void A_list_of_files_is_taken_as_it_is_but_for_profiles()
    {
        Write("models/a.sql", "models/b.sql", "profiles.yml", "dbt_project.yml");

        var files = ProjectFolder.Read(
            folder.Path,
            "shop",
            ["models/a.sql", "./models/a.sql", "profiles.yml", "models/gone.sql"]
        );

        Assert.Equal(["dbt_project.yml", "models/a.sql"], Paths(files));
    }

    [Fact]
    public void Links_that_lead_back_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        Write("models/a.sql", "outside/b.sql", "outside/deep/c.sql");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "models/up"), Path.Combine(folder.Path, "models"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "models/out"), Path.Combine(folder.Path, "outside"));
        Directory.CreateSymbolicLink(
            Path.Combine(folder.Path, "outside/deep/back"),
            Path.Combine(folder.Path, "outside/deep")
        );
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "models/dead"), Path.Combine(folder.Path, "nowhere"));

        var paths = Paths(ProjectFolder.Read(folder.Path, "shop"));

        Assert.Contains("models/a.sql", paths);
        Assert.Contains("models/out/b.sql", paths);
        Assert.Contains("models/out/deep/c.sql", paths);
    }

    [Fact]
    public void An_empty_folder_has_no_files()
    {
        Assert.Empty(ProjectFolder.Read(folder.Path, "shop").Files);
    }

    private static IEnumerable<string> Paths(ProjectFileSet files) => files.Files.Select(file => file.Path);

    private void Write(params string[] paths)
    {
        foreach (var path in paths)
        {
            folder.Write(path, path);
        }
    }
}
