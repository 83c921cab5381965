using Analytics.Compiler;
using Analytics.Compiler.Emitting;
using Analytics.Deployment.Applying.Connecting;
using Npgsql;

namespace Analytics.Deployment.Opening;

/// <summary>An artifact bound to a target that answers. Disposing closes its connections; an embedded server goes on.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="Project">The project, bound to the target; its host and port are those of the server that answers.</param>
/// <param name="Address">Where the server is.</param>
/// <param name="Sessions">Makes more connections like <paramref name="Connection"/>.</param>
/// <param name="Connection">An open connection.</param>
internal sealed record OpenTarget(
    Artifact Artifact,
    CompiledProject Project,
    ServerAddress Address,
    NpgsqlDataSource Sessions,
    NpgsqlConnection Connection
) : IAsyncDisposable
{
    /// <summary>The lock of a publish of this project to this target.</summary>
    public PublishLock Lock { get; } =
        PublishLock.Of(Artifact.ProjectName, Project.Target.Database, Project.Target.Schema);

    /// <summary>The pool of a publish's workers; the lock must be held before it connects.</summary>
    public NpgsqlDataSource CreateWorkers() =>
        ConnectionFactory.CreateWorkers(Project.Target, Address, Artifact.ProjectName, Lock);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync().ConfigureAwait(false);
        await Sessions.DisposeAsync().ConfigureAwait(false);
    }
}
