using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Translation.Policy;

namespace NatEngine.Translation.Explaining;

/// <summary>What would become of a packet, and why. Any thread may look at it.</summary>
public sealed record Explanation
{
    /// <summary>The packet.</summary>
    public required PacketFacts Packet { get; init; }

    /// <summary>Where it comes in.</summary>
    public required Realm Ingress { get; init; }

    /// <summary>What would be done with it. <see cref="VerdictKind.Wait"/> if that depends on the first fragment of its
    /// packet; <see cref="VerdictKind.None"/> if translation does not concern itself with it.</summary>
    public VerdictKind Verdict { get; init; }

    /// <summary>Why, if it would be dropped.</summary>
    public DropReason Reason { get; init; }

    /// <summary>See <see cref="Verdict.Rejection"/>.</summary>
    public byte Rejection { get; init; }

    /// <summary>False if chance decides what becomes of it: a rule asks for it. Which port is drawn is another
    /// matter.</summary>
    public bool IsCertain { get; init; }

    /// <summary>The side that it would leave by, if it is forwarded.</summary>
    public Realm Egress { get; init; }

    /// <summary>What it would look like then; of an ICMP error, the packets of its session that go the same way.
    /// </summary>
    public FlowTuple Leaving { get; init; }

    /// <summary>The session that it belongs to; null if there is none.</summary>
    public SessionSnapshot? Session { get; init; }

    /// <summary>Which direction of the session it goes in.</summary>
    public TupleDirection Direction { get; init; }

    /// <summary>The mapping that it asks for: somebody's inside whom it would visit, by his external end; or, of a
    /// session that there is, the opener's own.</summary>
    public ExplainedMapping? Mapping { get; init; }

    /// <summary>What the session that it opens would be seen under; null if that is not changed, or not come to.
    /// </summary>
    public ExplainedPort? Port { get; init; }

    /// <summary>What the internal address has of what it may have; null if there are no limits, or it is not known
    /// whose the session would be.</summary>
    public SubscriberStanding? Subscriber { get; init; }

    /// <summary>True if rules are asked in this gateway.</summary>
    public bool HasRules => Program is not null;

    /// <summary>The rules that were asked; null if there are none.</summary>
    internal RuleProgram? Program { get; init; }

    /// <summary>What they were asked.</summary>
    internal IReadOnlyList<HookTrail> Trails { get; init; } = [];

    /// <summary>The rules that the packet was held against, hook by hook, and what did not fit. Found out now: it may
    /// take a while with thousands of rules, and must not hold up packets.</summary>
    public IReadOnlyList<ExplainedHook> ReadRules() => Program is null ? [] : TrailReading.Read(Program, Trails);
}
