using NatEngine.Packets;
using NatEngine.Rules.Matches;

namespace NatEngine.Translation.Explaining;

/// <summary>A packet as the rules of a hook saw it.</summary>
public sealed record PacketAtHook
{
    /// <summary>What was read from it.</summary>
    public required PacketFacts Facts { get; init; }

    /// <summary>Its addresses and ports at the hook: in FORWARD with the destination that it will have.</summary>
    public required FlowTuple Tuple { get; init; }

    /// <summary>The tuple of its session's original direction.</summary>
    public required FlowTuple Original { get; init; }

    /// <summary>The tuple of its session's reply direction, as far as it is known at the hook.</summary>
    public required FlowTuple Reply { get; init; }

    /// <summary>What it is to its session.</summary>
    public required SessionStates States { get; init; }

    /// <summary>The direction of the session that it goes in.</summary>
    public required TupleDirection Direction { get; init; }

    /// <summary>Where it came in.</summary>
    public required Realm Ingress { get; init; }

    /// <summary>Where it will leave; in PREROUTING not known yet.</summary>
    public required Realm Egress { get; init; }

    /// <summary>Its time to live at the hook.</summary>
    public required byte TimeToLive { get; init; }

    /// <summary>What MARK targets have made of its mark.</summary>
    public uint Mark { get; init; }
}
