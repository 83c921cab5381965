using Analytics.Jinja.Tree.Targets;

namespace Analytics.Jinja.Tree.Statements;

/// <summary>The parts of a loop.</summary>
/// <param name="Items">What is looped over; evaluated outside the loop's scope.</param>
/// <param name="Target">The variable of the body.</param>
/// <param name="TestTarget">The variable of the test: its own, because the next item is tested while the body still runs.</param>
/// <param name="Test">Which items count; null for all.</param>
/// <param name="Body">One round.</param>
/// <param name="Else">What runs when there is no round; null for nothing.</param>
/// <param name="LoopSlot">Slot of <c>loop</c>; -1 when the body does not read it.</param>
/// <param name="BodyFrameSlots">Size of the frame of a recursive loop; -1 for a plain loop, which shares the frame around it.</param>
internal sealed record ForCode(
    Expression Items,
    Target Target,
    Target? TestTarget,
    Expression? Test,
    Statement Body,
    Statement? Else,
    int LoopSlot,
    int BodyFrameSlots
);
