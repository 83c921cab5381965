using System.Collections.Immutable;
using Analytics.Deployment.Planning.Catalog;
using Npgsql;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Since the plan was made, something came to depend on what is replaced that cannot be carried over.</summary>
internal sealed class DependentsException(ImmutableArray<Blocker> blockers)
    : Exception("Objects depend on what is replaced.")
{
    public ImmutableArray<Blocker> Blockers => blockers;
}

/// <summary>A view or a foreign key of somebody else does not fit the new relations.</summary>
internal sealed class RecreateException(PostgresException error, Statement statement, string what)
    : StatementException(error, statement)
{
    /// <summary>What it is, with its name.</summary>
    public string What => what;
}
