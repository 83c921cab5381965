using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Opening;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Diagnosing;

/// <summary>Connects to a target and says what it is: <c>dbt debug</c>. Nothing is changed.</summary>
public static class TargetDiagnosis
{
    /// <summary>Looks.</summary>
    /// <param name="request">Which target.</param>
    /// <param name="observer">Hears of what is wrong.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<DiagnosisReport> RunAsync(
        DiagnosisRequest request,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var command = new TargetCommand(request, observer, "debug");
        ImmutableArray<TargetFact> facts = [];
        var succeeded = await command
            .RunAsync(
                async target => facts = await FactsAsync(target, command, cancellationToken).ConfigureAwait(false),
                "Looking at the target",
                cancellationToken
            )
            .ConfigureAwait(false);
        return new DiagnosisReport(succeeded, facts);
    }

    private static async Task<ImmutableArray<TargetFact>> FactsAsync(
        OpenTarget target,
        TargetCommand command,
        CancellationToken cancellationToken
    )
    {
        var profile = target.Project.Target;
        var schema = SqlText.Literal(profile.Schema);
        var rows = await new StatementRunner(target.Connection)
            .QueryAsync(
                new Statement(
                    $"""
                    select current_setting('server_version'), session_user::text, current_user::text,
                      coalesce((select version from pg_catalog.pg_stat_ssl where pid = pg_catalog.pg_backend_pid()), 'none'),
                      to_regnamespace(quote_ident({schema})) is not null,
                      has_database_privilege(current_database(), 'CREATE')
                    """
                ),
                cancellationToken
            )
            .ConfigureAwait(false);
        var row = rows[0];
        var (login, role) = ((string)row[1]!, (string)row[2]!);
        var (exists, creates) = (row[4] is true, row[5] is true);
        if (!creates)
        {
            command.Log.Diagnostic(JobDiagnostics.NoSchemas(profile.Name, role, profile.Database));
        }

        return
        [
            new("project", $"{target.Artifact.ProjectName}, {target.Project.Graph.Nodes.Length} nodes"),
            new("profile", profile.ProfileName),
            new("target", profile.Name),
            new("server", target.Address.ToString()),
            new("server version", (string)row[0]!),
            new("encryption", (string)row[3]!),
            new("role", login == role ? role : $"{role}, logged in as {login}"),
            new("schema", exists ? profile.Schema : $"{profile.Schema}, which a publish will create"),
            new("may create schemas", creates ? "yes" : "no"),
        ];
    }
}
