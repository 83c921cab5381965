using System.Collections.Immutable;
using Analytics.Compiler;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Selection.Matching;
using Analytics.Deployment.Planning.Selection.State;
using Analytics.Text;

namespace Analytics.Deployment.Planning.Selection;

/// <summary>dbt's selection of nodes.</summary>
/// <param name="project">The project.</param>
/// <param name="manifest">Its manifest, which <c>state:</c> compares.</param>
internal sealed class NodeSelector(CompiledProject project, ReadOnlyMemory<byte> manifest)
{
    // Selectors that are made of selectors: nobody writes so many floors, and a stack ends somewhere.
    private const int MostFloors = 64;

    private static readonly char[] ListSeparators = [' ', ',', ';', '\t', '\r', '\n'];
    private static readonly string[] IndirectWords = ["eager", "cautious", "buildable", "empty"];

    private readonly GraphWalk walk = new(project.Graph);
    private readonly List<SelectionProblem> problems = [];
    private readonly List<Diagnostic> warnings = [];

    /// <summary>What <c>state:</c> and <c>result:</c> compare with; null for what the request names.</summary>
    public EarlierState? Earlier { get; init; }

    private NamedSelectors Selectors => new(project.Source.Root.Selectors, problems);

    /// <summary>Selects.</summary>
    /// <returns>The unique ids; null when the request makes no sense. And what there is to say.</returns>
    public (ImmutableHashSet<string>? Ids, ImmutableArray<Diagnostic> Diagnostics) Select(SelectionRequest request)
    {
        var rule = Rule(request.IndirectSelection);
        var run = new Evaluation(
            this,
            new NodeMatcher(
                project,
                new StateSource(request.StatePath, manifest, request.ReportsPath) { Given = Earlier }
            ),
            rule
        );
        var ids = Wanted(request) is { } wanted
            ? run.Of(wanted).Ids
            : walk.Nodes.Select(node => node.UniqueId).ToHashSet(StringComparer.Ordinal);
        var words = new SelectionWords(problems);
        if (!string.IsNullOrWhiteSpace(request.Exclude))
        {
            // What is taken away goes with all of its tests.
            var eager = new Evaluation(this, run.Matcher, IndirectSelection.Eager);
            ids.ExceptWith(eager.Of(words.Read(request.Exclude, null)).Ids);
        }

        Filter(ids, request);
        if (problems.Count > 0)
        {
            return (null, [.. problems.Distinct().Select(Diagnose)]);
        }

        if (ids.Count == 0 && warnings.Count == 0)
        {
            warnings.Add(GraphDiagnostics.UnknownSelection(null, Text(request), null));
        }

        return (ids.ToImmutableHashSet(StringComparer.Ordinal), [.. warnings.Distinct()]);
    }

    private SelectionPart? Wanted(SelectionRequest request)
    {
        var isSelected = !string.IsNullOrWhiteSpace(request.Select);
        if (request.Selector.Length > 0)
        {
            if (isSelected || !string.IsNullOrWhiteSpace(request.Exclude))
            {
                const string Hint =
                    "Selector goes with neither Select nor Exclude; write selector:<name> in Select to combine them";
                problems.Add(new SelectionProblem(request.Selector, Hint, null));
            }

            return Named(request.Selector, null);
        }

        if (isSelected)
        {
            return new SelectionWords(problems).Read(request.Select, null);
        }

        return string.IsNullOrWhiteSpace(request.Exclude) && project.DefaultSelector is { } name
            ? Selectors.Find(name)
            : null;
    }

    private SelectionPart? Named(string name, SourceSpan? span)
    {
        var found = Selectors.Find(name);
        if (found is null)
        {
            problems.Add(new SelectionProblem(name, string.Empty, span) { IsUnknownSelector = true });
        }

        return found;
    }

    private IndirectSelection Rule(string word)
    {
        if (word.Length == 0 || IndirectWords.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            return word.Length == 0 ? IndirectSelection.Eager : Enum.Parse<IndirectSelection>(word, ignoreCase: true);
        }

        problems.Add(
            new SelectionProblem(word, $"IndirectSelection is one of {string.Join(", ", IndirectWords)}", null)
        );
        return IndirectSelection.Eager;
    }

    private void Filter(HashSet<string> ids, SelectionRequest request)
    {
        var (only, never) = (Types(request.ResourceTypes), Types(request.ExcludeResourceTypes));
        if (only.Count > 0 || never.Count > 0)
        {
            ids.RemoveWhere(id =>
            {
                var word = walk[id].Kind.Word();
                return (only.Count > 0 && !only.Contains(word)) || never.Contains(word);
            });
        }
    }

    private HashSet<string> Types(string text)
    {
        var types = text.Split(ListSeparators, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        foreach (var type in types.Where(type => type != "all" && !ResourceWords.All.Contains(type)))
        {
            var expected = string.Join(", ", ResourceWords.All);
            problems.Add(new SelectionProblem(type, $"expected resource types: all, {expected}", null));
        }

        return types.Contains("all") ? [.. ResourceWords.All] : types;
    }

    private Diagnostic Diagnose(SelectionProblem problem) =>
        problem.IsUnknownSelector
            ? GraphDiagnostics.UnknownSelector(problem.Span, problem.Text, NearName.Find(problem.Text, Selectors.Names))
            : GraphDiagnostics.InvalidSelection(problem.Span, problem.Text, problem.Problem);

    private static string Text(SelectionRequest request) =>
        string.Join(
            ' ',
            new[]
            {
                request.Selector,
                request.Select,
                request.Exclude.Length > 0 ? $"but {request.Exclude}" : "",
            }.Where(part => part.Length > 0)
        );

    // The names that people could have meant with a word that finds nothing.
    private IEnumerable<string> KnownNames(Criterion criterion) =>
        criterion.MethodName switch
        {
            "tag" => walk.Nodes.SelectMany(NodeMatcher.Tags).Distinct(),
            "source" => walk
                .Nodes.OfType<SourceNode>()
                .SelectMany(source =>
                    new[] { source.Table.SourceName, $"{source.Table.SourceName}.{source.Table.Name}" }
                ),
            "exposure" => walk.Nodes.OfType<ExposureNode>().Select(node => node.Name),
            "unit_test" => walk.Nodes.OfType<UnitTestNode>().Select(node => node.Name),
            "group" => walk.Nodes.Select(node => node.Config.Text("group")).OfType<string>().Distinct(),
            "package" => walk.Nodes.Select(node => node.Package).Distinct(),
            "path" => walk.Nodes.Select(node => node.Span.File.Path).Distinct(),
            "file" => walk.Nodes.Select(node => Path.GetFileName(node.Span.File.Path)).Distinct(),
            "test_name" => walk
                .Nodes.OfType<TestNode>()
                .Select(test => test.Generic?.Declaration.TestName)
                .OfType<string>()
                .Distinct(),
            "fqn" => walk
                .Nodes.Where(node => node is not TestNode)
                .SelectMany(node => node.Fqn.Skip(1).Append(node.Name))
                .Distinct(),
            _ => [],
        };

    /// <summary>Evaluates parts under one rule for tests.</summary>
    private sealed class Evaluation(NodeSelector selector, NodeMatcher matcher, IndirectSelection rule)
    {
        private readonly IndirectTests tests = new(selector.walk);
        private readonly Dictionary<string, Found> named = new(StringComparer.Ordinal);
        private int floor;

        public NodeMatcher Matcher => matcher;

        // The depth is that of selectors.yml, and of its selectors within each other.
        public Found Of(SelectionPart part) =>
            part switch
            {
                Combination combination => Of(combination),
                Criterion criterion => Of(criterion),
                _ => throw new ArgumentException("Not a kind of selection.", nameof(part)),
            };

        private Found Of(Combination combination)
        {
            var parts = combination.Parts.Select(Of).ToList();
            var result = parts.Count == 0 ? new Found([], []) : parts[0];
            foreach (var (ids, waiting) in parts.Skip(1))
            {
                if (combination.IsIntersection)
                {
                    result.Ids.IntersectWith(ids);
                    result.Waiting.IntersectWith(waiting);
                }
                else
                {
                    result.Ids.UnionWith(ids);
                    result.Waiting.UnionWith(waiting);
                }
            }

            tests.Join(result, rule);
            foreach (var (ids, waiting) in combination.Exclude.Select(Of))
            {
                result.Ids.ExceptWith(ids);
                result.Waiting.ExceptWith(waiting);
            }

            return result;
        }

        private Found Of(Criterion criterion)
        {
            var own = criterion.Method == "selector" ? OfSelector(criterion) : Matching(criterion);
            if (criterion.Method == "selector" && !criterion.HasRelatives && criterion.Tests is null)
            {
                return own;
            }

            var ids = criterion.BuildAll
                ? selector.walk.Above(selector.walk.Below(own.Ids, null), null)
                : selector.walk.Above(own.Ids, criterion.Above);
            if (!criterion.BuildAll)
            {
                ids.UnionWith(selector.walk.Below(own.Ids, criterion.Below));
            }

            return tests.With(ids, criterion.Tests ?? rule);
        }

        private Found Matching(Criterion criterion)
        {
            var (fits, problem) = matcher.For(criterion);
            if (fits is null)
            {
                selector.problems.Add(new SelectionProblem(criterion.Text, problem, criterion.Span));
                return new Found([], []);
            }

            var ids = selector.walk.Nodes.Where(fits).Select(node => node.UniqueId).ToHashSet(StringComparer.Ordinal);
            if (ids.Count == 0)
            {
                var near = NearName.Find(criterion.Value, selector.KnownNames(criterion));
                selector.warnings.Add(GraphDiagnostics.UnknownSelection(criterion.Span, criterion.Text, near));
            }

            return new Found(ids, []);
        }

        // Each selector is evaluated once, however many others are made of it. Callers change what they get.
        private Found OfSelector(Criterion criterion)
        {
            if (!named.TryGetValue(criterion.Value, out var found))
            {
                found = floor < MostFloors ? OfNew(criterion) : TooDeep(criterion);
                named.Add(criterion.Value, found);
            }

            return new Found([.. found.Ids], [.. found.Waiting]);
        }

        private Found OfNew(Criterion criterion)
        {
            if (selector.Named(criterion.Value, criterion.Span) is not { } part)
            {
                return new Found([], []);
            }

            floor++;
            var found = Of(part);
            floor--;
            return found;
        }

        private Found TooDeep(Criterion criterion)
        {
            var problem = FormattableString.Invariant($"selectors are made of selectors, more than {MostFloors} deep");
            selector.problems.Add(new SelectionProblem(criterion.Text, problem, criterion.Span));
            return new Found([], []);
        }
    }
}
