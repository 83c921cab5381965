namespace Analytics.PgQuery;

/// <summary>What a field of a node holds.</summary>
public enum PgValueType
{
    /// <summary>Nothing: the field is absent, which in PostgreSQL's output means null, zero or false.</summary>
    None,

    /// <summary>A node.</summary>
    Node,

    /// <summary>A list, of nodes nearly always.</summary>
    List,

    /// <summary>A string or the name of an enumeration's member.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,
}
