using NatEngine.Packets;

namespace NatEngine.Translation.Policy;

/// <summary>A packet that a LOG rule has seen.</summary>
/// <param name="Rule">The rule's number, which <see cref="RuleProgram.LogOf"/> knows.</param>
/// <param name="Tuple">Its addresses and ports as the rule saw them.</param>
/// <param name="Ingress">Where it came in.</param>
/// <param name="Egress">Where it would leave; null where that is not known yet (PREROUTING).</param>
/// <param name="Packet">What was read from it.</param>
/// <param name="TimeToLive">Its time to live there: one less behind PREROUTING.</param>
/// <param name="Mark">Its mark.</param>
public readonly record struct RuleLogEntry(
    int Rule, FlowTuple Tuple, Realm Ingress, Realm? Egress, PacketFacts Packet, byte TimeToLive, uint Mark);
