using System.Collections.Generic;
using NatEngine.Translation.Explaining;

namespace NatEngine.Translation.Policy;

/// <summary>What the rules of one hook were asked about a packet, and how they took it.</summary>
/// <param name="hook">Which hook.</param>
/// <param name="packet">The packet when the first of them was asked.</param>
internal sealed class HookTrail(RuleHook hook, PacketAtHook packet)
{
    /// <summary>Which hook.</summary>
    public RuleHook Hook => hook;

    /// <summary>The packet when the first rule was asked.</summary>
    public PacketAtHook Packet => packet;

    /// <summary>The rules that were asked, in their order.</summary>
    public List<AskedRule> Asked { get; } = [];
}
