using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Analytics.Jinja.Tests;

/// <summary>What the engine cannot do because nothing in it could: a template is only as able as the engine is.</summary>
public sealed class SafetyTests
{
    [Theory]
    [InlineData("System.IO", "File")]
    [InlineData("System.IO", "FileInfo")]
    [InlineData("System.IO", "FileStream")]
    [InlineData("System.IO", "Directory")]
    [InlineData("System.IO", "DirectoryInfo")]
    [InlineData("System", "Activator")]
    [InlineData("System.Diagnostics", "Process")]
    [InlineData("System.Reflection", null)]
    [InlineData("System.Reflection.Emit", null)]
    [InlineData("System.Runtime.Loader", null)]
    [InlineData("System.Net", null)]
    [InlineData("System.Net.Http", null)]
    [InlineData("System.Net.Sockets", null)]
    public void The_engine_refers_to_nothing_outside_of_its_own_memory(string space, string? type)
    {
        using var file = new PEReader(File.OpenRead(typeof(Template).Assembly.Location));
        var metadata = file.GetMetadataReader();

        // The compiler writes attributes of the assembly itself, which no code calls.
        var found = metadata
            .TypeReferences.Select(metadata.GetTypeReference)
            .Select(reference =>
                (Space: metadata.GetString(reference.Namespace), Name: metadata.GetString(reference.Name))
            )
            .Where(reference => reference.Space == space && (type is null || reference.Name == type))
            .Where(reference => !reference.Name.EndsWith("Attribute", StringComparison.Ordinal));

        Assert.Empty(found);
        Assert.Contains(
            metadata.TypeReferences.Select(metadata.GetTypeReference),
            reference => metadata.GetString(reference.Name) == "StringBuilder"
        );
    }

    [Fact]
    public void It_asks_the_environment_for_nothing_but_what_iterators_are_compiled_to()
    {
        using var file = new PEReader(File.OpenRead(typeof(Template).Assembly.Location));
        var metadata = file.GetMetadataReader();

        var asked = metadata
            .MemberReferences.Select(metadata.GetMemberReference)
            .Where(member =>
                member.Parent.Kind == HandleKind.TypeReference
                && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name)
                    == "Environment"
            )
            .Select(member => metadata.GetString(member.Name));

        Assert.Equal(["get_CurrentManagedThreadId"], asked.Distinct());
    }
}
