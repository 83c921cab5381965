using System.Text;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Describing;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Writes the cut-over of a plan as SQL to review: <c>publish_plan.sql</c>. It cannot be run: what is staged is not there yet.</summary>
internal static class PlanScript
{
    /// <summary>The file's text.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="expected">The statements, as far as they are known.</param>
    public static string Write(DeploymentPlan plan, ExpectedStatements expected)
    {
        var text = new StringBuilder();
        Comment(
            text,
            $"The cut-over of a publish to target {plan.Target}, database {plan.Database}. Nothing was changed."
        );
        Comment(text, "For review, not to be run: before it, everything is built and tested in the staging schemas.");
        foreach (var schema in plan.MissingSchemas)
        {
            Statement(text, $"create schema if not exists {RelationName.Quote(schema)}");
        }

        if (!plan.EachNode)
        {
            text.Append("\nbegin;\n");
        }

        foreach (var view in plan.CarriedOver)
        {
            Comment(text, $"lock: access exclusive; {view.Name} belongs to others and is created again below");
            Statement(text, $"drop {view.Kind.Sql()} {view.Name.ToSql()}");
        }

        foreach (var step in plan.Functions)
        {
            text.Append('\n');
            Comment(
                text,
                $"{(step.Made is null ? "create" : "replace")} function {step.Function.Relation} as built, before views"
            );
        }

        foreach (var step in plan.CutOver)
        {
            Describe(text, PlannedChanges.Of(plan, step));
            Open(text, plan.EachNode);
            if (expected.Of(step) is { } statements)
            {
                foreach (var statement in statements)
                {
                    Statement(text, statement);
                }
            }
            else
            {
                Comment(text, "its SQL is known when its template was answered by the database");
            }

            foreach (var grant in step.Node.Grants ?? [])
            {
                var to = grant.Grantee is { } role ? RelationName.Quote(role) : "public";
                Statement(text, $"grant {grant.Privilege} on {step.Node.Relation.ToSql()} to {to}");
            }

            Close(text, plan.EachNode);
        }

        foreach (var view in plan.CarriedOver)
        {
            Comment(text, $"create {view.Kind.Sql()} {view.Name} as it is then, with owner, privileges and comments");
        }

        Prune(text, plan, expected);
        foreach (var schema in plan.StagingSchemas)
        {
            Comment(text, $"the staging schema {schema} is dropped");
        }

        return text.Append(plan.EachNode ? string.Empty : "\ncommit;\n").ToString();
    }

    private static void Prune(StringBuilder text, DeploymentPlan plan, ExpectedStatements expected)
    {
        if (plan.Pruned.IsEmpty && plan.PrunedFunctions.IsEmpty)
        {
            return;
        }

        foreach (var change in PlannedChanges.Of(plan).Where(change => change.Action == "drop"))
        {
            Describe(text, change);
        }

        foreach (var pruned in plan.PrunedFunctions)
        {
            text.Append('\n');
            Comment(text, $"drop function {pruned.Signature}");
            Comment(text, "DESTRUCTIVE: the project does not have it any more");
        }

        Open(text, plan.EachNode);
        foreach (var statement in expected.Drops())
        {
            Statement(text, statement);
        }

        Close(text, plan.EachNode);
    }

    private static void Describe(StringBuilder text, PlannedChange change)
    {
        text.Append('\n');
        Comment(text, $"{change.Action} {change.Kind.Sql()} {change.Relation}{change.Estimate}");
        Comment(text, $"lock: {(change.Lock.Length == 0 ? "none, nothing is there" : change.Lock)}");
        if (change.Destroys is { } destroys)
        {
            Comment(text, $"DESTRUCTIVE: {destroys}");
        }

        if (!change.Dependents.IsEmpty)
        {
            Comment(text, $"read by {string.Join(", ", change.Dependents)}, created again");
        }
    }

    private static void Open(StringBuilder text, bool alone) => text.Append(alone ? "begin;\n" : string.Empty);

    private static void Close(StringBuilder text, bool alone) => text.Append(alone ? "commit;\n" : string.Empty);

    private static void Statement(StringBuilder text, string statement) => text.Append(statement).Append(";\n");

    // A name may have a line break in it: what comes after it must stay a comment.
    private static void Comment(StringBuilder text, string comment) =>
        text.Append("-- ").AppendJoin(' ', comment.Split(['\r', '\n'])).Append('\n');
}
