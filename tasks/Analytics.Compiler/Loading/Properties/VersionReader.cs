using System.Collections.Immutable;
using System.Globalization;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Reads <c>versions:</c> of a model.</summary>
internal sealed class VersionReader(ShapeReader shapes, TestDeclarationReader tests, ColumnReader columns)
{
    private static readonly string[] OwnKeys = ["v", "defined_in", "columns", "config"];

    // What a version does not inherit, because it means the model as a whole.
    private static readonly string[] ModelKeys = ["versions", "latest_version", "config"];

    /// <summary>The versions in the order of the file; empty for a model without.</summary>
    /// <param name="model">The model's own entry, read.</param>
    /// <param name="what">What messages call the model.</param>
    public ImmutableArray<ModelVersion> Read(ResourceProperties model, string what)
    {
        var read = new List<ModelVersion>();
        var raw = model.Raw;
        foreach (var entry in shapes.Mappings(raw["versions"], $"'versions' of {what}", "a version of a model"))
        {
            shapes.CheckKeys(entry, PropertyKeys.Version);
            if (shapes.Required(entry, "v", "a version of a model") is not { } number)
            {
                continue;
            }

            if (read.Exists(other => other.Text == number.Text))
            {
                shapes.Report(ProjectDiagnostics.DuplicateKey(number.Content, $"v: {number.Text}"));
                continue;
            }

            read.Add(ReadOne(model, entry, number));
        }

        return Latest(raw, read, what) is { } latest
            ?
            [
                .. read.Select(version =>
                    version with
                    {
                        IsLatest = version.Text == latest.Text,
                        Latest = latest.Value,
                    }
                ),
            ]
            : [];
    }

    private ModelVersion ReadOne(ResourceProperties model, YamlMapping entry, YamlScalar number)
    {
        var place = $"version {number.Text} of model '{model.Name}'";
        ConstraintReader.Check(entry["constraints"], place, shapes);
        var config = ConfigReader.Read(entry, place, shapes, PropertyKeys.ModelConfigs);
        var hasTests = entry["data_tests"] is not null || entry["tests"] is not null;
        var file = shapes.Text(entry["defined_in"], $"'defined_in' of {place}");
        return new ModelVersion(
            number.Value!,
            number.Text,
            number.Content,
            file ?? $"{model.Name}_v{number.Text}",
            IsLatest: false,
            model with
            {
                Description = shapes.Text(entry["description"], $"'description' of {place}") ?? model.Description,
                Configs = config is null ? model.Configs : model.Configs.Add(config),
                Columns = Columns(model, entry["columns"], place),
                Tests = hasTests ? tests.Read(entry, null, place) : model.Tests,
                Raw = Overlay(model.Raw, entry),
            }
        );
    }

    // An item with 'include' says which of the model's columns stay; all do without one. The others are the version's own.
    private ImmutableArray<ColumnProperties> Columns(ResourceProperties model, YamlNode? node, string place)
    {
        if (shapes.Sequence(node, $"'columns' of {place}") is not { } items)
        {
            return model.Columns;
        }

        var inherited = model.Columns;
        var own = ImmutableArray.CreateBuilder<YamlNode>();
        foreach (var item in items.Items)
        {
            if (item is not YamlMapping rule || (rule["include"] is null && rule["exclude"] is null))
            {
                own.Add(item);
                continue;
            }

            shapes.CheckKeys(rule, PropertyKeys.Inclusion);
            var exclude = Names(rule["exclude"], $"'exclude' of {place}");
            var include = Names(rule["include"], $"'include' of {place}");
            var all = include is ["*" or "all"];
            inherited =
            [
                .. model.Columns.Where(column =>
                    (all || include.Contains(column.Name, StringComparer.Ordinal))
                    && !exclude.Contains(column.Name, StringComparer.Ordinal)
                ),
            ];
        }

        var added = columns.Read(items with { Items = own.ToImmutable() }, place);
        var names = added.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return [.. inherited.Where(column => !names.Contains(column.Name)), .. added];
    }

    private ImmutableArray<string> Names(YamlNode? node, string what) =>
        [.. shapes.Texts(node, what).Select(scalar => scalar.Text)];

    private static YamlMapping Overlay(YamlMapping model, YamlMapping version)
    {
        var own = version.Entries.Where(entry => !OwnKeys.Contains(entry.Key, StringComparer.Ordinal)).ToList();
        var inherited = model.Entries.Where(entry =>
            !ModelKeys.Contains(entry.Key, StringComparer.Ordinal)
            && !own.Exists(other => string.Equals(other.Key, entry.Key, StringComparison.Ordinal))
        );
        return new YamlMapping([.. inherited, .. own], version.Span);
    }

    // dbt's rule: what 'latest_version' names, else the greatest; numbers are compared as numbers.
    private ModelVersion? Latest(YamlMapping model, List<ModelVersion> versions, string what)
    {
        if (versions.Count == 0)
        {
            return null;
        }

        if (shapes.Scalar(model["latest_version"], $"'latest_version' of {what}") is not { } named)
        {
            return versions.MaxBy(version => version.Text, Order);
        }

        if (versions.Find(version => version.Text == named.Text) is { } latest)
        {
            return latest;
        }

        shapes.Report(
            ProjectDiagnostics.InvalidConfig(
                named.Content,
                "latest_version",
                named.Text,
                $"one of the versions {string.Join(", ", versions.Select(version => version.Text))}"
            )
        );
        return versions[0];
    }

    private static readonly Comparer<string> Order = Comparer<string>.Create(
        (left, right) =>
            IsNumber(left, out var a) && IsNumber(right, out var b)
                ? a.CompareTo(b)
                : string.CompareOrdinal(left, right)
    );

    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
