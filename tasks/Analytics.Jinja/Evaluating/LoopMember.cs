namespace Analytics.Jinja.Evaluating;

/// <summary>What <c>loop</c> has.</summary>
internal enum LoopMember
{
    None,
    Index,
    Index0,
    First,
    Last,
    Length,
    RevIndex,
    RevIndex0,
    Depth,
    Depth0,
    PrevItem,
    NextItem,
    Cycle,
    Changed,
}
