using NatEngine.Packets;

namespace NatEngine.Translation.Policy;

/// <summary>A packet that a LOG rule has seen.</summary>
/// <param name="Rule">The rule's number, which <see cref="RuleProgram.LogOf"/> knows.</param>
/// <param name="Tuple">Its addresses and ports as the rule saw them.</param>
/// <param name="Ingress">Where it came in.</param>
/// <param name="Egress">Where it would leave.</param>
/// <param name="Length">Its IPv4 total length.</param>
/// <param name="TimeToLive">Its time to live.</param>
/// <param name="Mark">Its mark.</param>
public readonly record struct RuleLogEntry(
    int Rule, FlowTuple Tuple, Realm Ingress, Realm Egress, ushort Length, byte TimeToLive, uint Mark);
