namespace Analytics.Jinja.Evaluating;

/// <summary>Finds the members of <c>loop</c> by name: once for each place that is parsed.</summary>
internal static class LoopMembers
{
    public static LoopMember Find(string name) =>
        name switch
        {
            "index" => LoopMember.Index,
            "index0" => LoopMember.Index0,
            "first" => LoopMember.First,
            "last" => LoopMember.Last,
            "length" => LoopMember.Length,
            "revindex" => LoopMember.RevIndex,
            "revindex0" => LoopMember.RevIndex0,
            "depth" => LoopMember.Depth,
            "depth0" => LoopMember.Depth0,
            "previtem" => LoopMember.PrevItem,
            "nextitem" => LoopMember.NextItem,
            "cycle" => LoopMember.Cycle,
            "changed" => LoopMember.Changed,
            _ => LoopMember.None,
        };
}
