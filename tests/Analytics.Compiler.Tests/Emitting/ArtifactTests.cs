using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Analytics.Compiler.Emitting;

namespace Analytics.Compiler.Tests.Emitting;

public sealed class ArtifactTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("artifact").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Two_builds_of_the_same_files_give_the_same_bytes()
    {
        Assert.Equal(Shop().Build().Artifact!.Value.ToArray(), Shop().Build().Artifact!.Value.ToArray());
    }

    [Fact]
    public void What_is_written_is_read_back_file_by_file()
    {
        var project = Shop();
        var artifact = Open(project.Build().Artifact!.Value);

        Assert.Equal("shop", artifact.ProjectName);
        Assert.Equal(
            project.Input.Root.Files.Select(file => (file.Path, Encoding.UTF8.GetString(file.Content.Span))),
            artifact.Input.Root.Files.Select(file => (file.Path, Encoding.UTF8.GetString(file.Content.Span)))
        );
        Assert.Equal("tools", Assert.Single(artifact.Input.Packages).NameHint);
    }

    [Fact]
    public void An_artifact_holds_both_branches_of_an_incremental_model()
    {
        using var zip = new ZipArchive(new MemoryStream(Shop().Build().Artifact!.Value.ToArray()));

        Assert.DoesNotContain("where true", Text(zip, "compiled/model.shop.a.sql"), StringComparison.Ordinal);
        Assert.Contains("where true", Text(zip, "compiled/model.shop.a.incremental.sql"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_was_changed_after_the_build_is_refused_by_name()
    {
        var path = Write(Shop().Build().Artifact!.Value);
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            zip.GetEntry("sources/root/models/a.sql")!.Delete();
            using var writer = new StreamWriter(zip.CreateEntry("sources/root/models/a.sql").Open());
            writer.Write("select 'changed' as a");
        }

        var result = ArtifactReader.Open(path);

        Assert.Null(result.Artifact);
        Assert.Contains(
            "'sources/root/models/a.sql' was changed",
            result.Diagnostics[0].Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("not a zip at all")]
    [InlineData("")]
    public void A_file_that_is_no_artifact_is_refused(string content)
    {
        var path = Path.Combine(folder, "x.pgpac");
        File.WriteAllText(path, content);

        var result = ArtifactReader.Open(path);

        Assert.Equal("ASQL0015", Assert.Single(result.Diagnostics).Id);
    }

    [Fact]
    public void The_manifest_has_dbts_sixteen_maps_and_edges_both_ways()
    {
        using var zip = new ZipArchive(new MemoryStream(Shop().Build().Artifact!.Value.ToArray()));
        var manifest = JsonDocument.Parse(Text(zip, "manifest.json")).RootElement;

        string[] required =
        [
            "metadata",
            "nodes",
            "sources",
            "macros",
            "docs",
            "exposures",
            "metrics",
            "groups",
            "selectors",
            "disabled",
            "parent_map",
            "child_map",
            "group_map",
            "saved_queries",
            "semantic_models",
            "unit_tests",
        ];
        Assert.All(required, name => Assert.True(manifest.TryGetProperty(name, out _), name));
        Assert.Equal("model.shop.b", manifest.GetProperty("parent_map").GetProperty("model.shop.a")[0].GetString());
        Assert.Equal("model.shop.a", manifest.GetProperty("child_map").GetProperty("model.shop.b")[0].GetString());
        Assert.Equal(
            "\"analytics\".\"dbt_ann\".\"b\"",
            manifest.GetProperty("nodes").GetProperty("model.shop.b").GetProperty("relation_name").GetString()
        );
    }

    private static TestProject Shop() =>
        new TestProject()
            .Variable("USER", "ann")
            .Package("tools", ("macros/m.sql", "{% macro one() %}1{% endmacro %}"))
            .File("models/b.sql", "select {{ tools.one() }} as one")
            .File(
                "models/a.sql",
                "{{ config(materialized='incremental') }}select * from {{ ref('b') }}{% if is_incremental() %} where true{% endif %}"
            );

    private Artifact Open(ReadOnlySequence<byte> bytes)
    {
        var result = ArtifactReader.Open(Write(bytes));
        Assert.Empty(result.Diagnostics);
        return result.Artifact!;
    }

    private string Write(ReadOnlySequence<byte> bytes)
    {
        var path = Path.Combine(folder, "x.pgpac");
        File.WriteAllBytes(path, bytes.ToArray());
        return path;
    }

    private static string Text(ZipArchive zip, string entry)
    {
        using var reader = new StreamReader(zip.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }
}
