using System.Collections.Immutable;

namespace Analytics.EmbeddedPostgres;

/// <summary>No usable PostgreSQL on this machine. The message lists every place that was tried and what was there.</summary>
public sealed class PostgresNotFoundException : EmbeddedPostgresException
{
    internal PostgresNotFoundException(string wanted, ImmutableArray<string> tried, string advice)
        : base($"No {wanted} was found. Tried: {string.Join("; ", tried)}. {advice}")
    {
        Tried = tried;
    }

    /// <summary>The places in the order in which they were tried, each with what was found there.</summary>
    public ImmutableArray<string> Tried { get; }
}
