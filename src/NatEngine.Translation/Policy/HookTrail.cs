using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Rules.Matches;

namespace NatEngine.Translation.Policy;

/// <summary>What the rules of one hook were asked about a packet, and how they took it.</summary>
internal sealed class HookTrail(RuleHook hook, in RuleSubject subject)
{
    /// <summary>Which hook.</summary>
    public RuleHook Hook { get; } = hook;

    /// <summary>The packet's addresses and ports at the hook.</summary>
    public FlowTuple Tuple { get; } = subject.Tuple;

    /// <summary>See <see cref="RuleSubject.Original"/>.</summary>
    public FlowTuple Original { get; } = subject.Original;

    /// <summary>See <see cref="RuleSubject.Reply"/>.</summary>
    public FlowTuple Reply { get; } = subject.Reply;

    /// <summary>What the packet is to its session.</summary>
    public SessionStates States { get; } = subject.States;

    /// <summary>See <see cref="RuleSubject.Direction"/>.</summary>
    public TupleDirection Direction { get; } = subject.Direction;

    /// <summary>Where it came in.</summary>
    public Realm Ingress { get; } = subject.Ingress;

    /// <summary>Where it will leave.</summary>
    public Realm Egress { get; } = subject.Egress;

    /// <summary>Its time to live at the hook.</summary>
    public byte TimeToLive { get; } = subject.TimeToLive;

    /// <summary>The rules that were asked, in their order.</summary>
    public List<AskedRule> Asked { get; } = [];
}
