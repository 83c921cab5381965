using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Profiles;

/// <summary>Finds the target of a build or publish.</summary>
public static class ProfileLoader
{
    private const string FileName = "profiles.yml";

    /// <summary>
    /// The target in <c>profiles.yml</c>, or the embedded default where no profile is configured or no
    /// <c>profiles.yml</c> exists. Only the chosen target is rendered.
    /// </summary>
    public static ProfileResult Load(ProfileRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var target = Named(request, diagnostics) is { } named ? Find(named, diagnostics) : null;
        var failed = diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return new ProfileResult(failed ? null : target, diagnostics.ToImmutable());
    }

    // dbt renders the name of the profile as it does the profile: by the environment and the variables.
    private static ProfileRequest? Named(ProfileRequest request, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        if (request.ProfileName is not { } name || !Template.HasMarkup(name))
        {
            return request;
        }

        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var text = new SourceFile("profile", name).Span(0, name.Length);
        var rendered = new ProfileTemplates(request.Environment, request.Vars, found).Render(
            new YamlScalar(name, name, text, text)
        );

        // The text has no place of its own here, but there is one 'profile:' in a project.
        diagnostics.AddRange(found.Select(diagnostic => diagnostic with { Span = null }));
        return rendered is null ? null : request with { ProfileName = rendered.Text };
    }

    private static TargetProfile? Find(ProfileRequest request, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        string[] directories = request.UserProfilesDirectory is { } user
            ? [request.ProjectDirectory, user]
            : [request.ProjectDirectory];
        var directory = directories.FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, FileName)));
        if (request.ProfileName is null || directory is null)
        {
            return Default(request, directories, directory is not null, diagnostics);
        }

        return Read(directory, diagnostics) is { } root ? Choose(root, request, diagnostics) : null;
    }

    private static TargetProfile? Default(
        ProfileRequest request,
        string[] directories,
        bool hasFile,
        ImmutableArray<Diagnostic>.Builder diagnostics
    )
    {
        if (request.TargetName is { } name and not EmbeddedTarget.DefaultName)
        {
            var why = hasFile
                ? "dbt_project.yml names no profile ('profile:')"
                : $"no {FileName} was found in {string.Join(" or ", directories)}";
            diagnostics.Add(
                ProjectDiagnostics.InvalidProfile(
                    null,
                    $"there is no target '{name}': {why}, so the only target is '{EmbeddedTarget.DefaultName}', a private PostgreSQL"
                )
            );
            return null;
        }

        return EmbeddedTarget.Default(request.ProfileName ?? request.ProjectName, request.Environment);
    }

    private static YamlMapping? Read(string directory, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(Path.Combine(directory, FileName));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ProjectDiagnostics.InvalidProfile(null, $"{FileName} cannot be read: {exception.Message}"));
            return null;
        }

        if (TextDecoder.Decode(new ProjectFile(FileName, bytes), directory, diagnostics) is not { } file)
        {
            return null;
        }

        var document = YamlReader.Parse(file);
        diagnostics.AddRange(document.Diagnostics);
        if (document.Root is YamlMapping root)
        {
            return root;
        }

        if (document.Diagnostics.IsEmpty)
        {
            var found = document.Root?.KindName ?? "nothing";
            var span = document.Root?.Span ?? file.Span(0, 0);
            diagnostics.Add(ProjectDiagnostics.YamlShape(span, FileName, "a mapping", found));
        }

        return null;
    }

    private static TargetProfile? Choose(
        YamlMapping root,
        ProfileRequest request,
        ImmutableArray<Diagnostic>.Builder diagnostics
    )
    {
        var shapes = new ShapeReader(diagnostics, reportsUnknownKeys: true);
        var profileName = request.ProfileName!;
        var profiles = root.Entries.Select(entry => entry.Key).Where(key => key != "config").ToArray();
        if (root.Find(profileName) is not { } found)
        {
            var near = NearName.Find(profileName, profiles);
            diagnostics.Add(ProjectDiagnostics.UnknownProfile(root.Span.Slice(0, 0), profileName, near));
            return null;
        }

        if (shapes.Mapping(found.Value, $"profile '{profileName}'") is not { } profile)
        {
            diagnostics.Add(ProjectDiagnostics.MissingKey(found.KeySpan, "outputs", $"profile '{profileName}'"));
            return null;
        }

        shapes.CheckKeys(profile, ProfileKeys.Profile);
        if (shapes.Mapping(profile["outputs"], $"'outputs' of profile '{profileName}'") is not { } outputs)
        {
            diagnostics.Add(ProjectDiagnostics.MissingKey(found.KeySpan, "outputs", $"profile '{profileName}'"));
            return null;
        }

        var templates = new ProfileTemplates(request.Environment, request.Vars, diagnostics);
        var (name, span) = TargetName(profile, outputs, request, shapes, templates);
        if (name is null)
        {
            return null;
        }

        if (outputs.Find(name) is not { } output)
        {
            var names = outputs.Entries.Select(entry => entry.Key).ToArray();
            var near = NearName.Find(name, names);
            diagnostics.Add(
                ProjectDiagnostics.UnknownTarget(
                    span ?? found.KeySpan,
                    name,
                    profileName,
                    near,
                    string.Join(", ", names)
                )
            );
            return null;
        }

        return new TargetReader(shapes, templates, request.Environment, request.Connects).Read(profileName, output);
    }

    // What was asked for, else the profile's choice, else 'dev', else dbt's own default.
    private static (string? Name, SourceSpan? Span) TargetName(
        YamlMapping profile,
        YamlMapping outputs,
        ProfileRequest request,
        ShapeReader shapes,
        ProfileTemplates templates
    )
    {
        if (request.TargetName is not null)
        {
            return (request.TargetName, null);
        }

        if (ShapeReader.IsAbsent(profile["target"]))
        {
            var hasDbtDefault = outputs["default"] is not null && outputs[EmbeddedTarget.DefaultName] is null;
            return (hasDbtDefault ? "default" : EmbeddedTarget.DefaultName, null);
        }

        return shapes.Scalar(profile["target"], "'target'") is { } scalar
            ? (templates.Render(scalar)?.Text, scalar.Content)
            : (null, null);
    }
}
