using NatEngine.Devices;
using NatEngine.LoadTest.Machine;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>What a <see cref="Tester"/> is made of.</summary>
internal sealed record TesterOptions
{
    /// <summary>The initiator's device.</summary>
    public required IPacketDevice Inside { get; init; }

    /// <summary>The responder's device.</summary>
    public required IPacketDevice Outside { get; init; }

    /// <summary>The hardware address that the initiator sends from.</summary>
    public required MacAddress Station { get; init; }

    /// <summary>The hardware address that it sends to. The responder learns its own from what arrives.</summary>
    public required MacAddress NextHop { get; init; }

    /// <summary>All connections.</summary>
    public required FlowSpace Space { get; init; }

    /// <summary>Whether the system between the ends must hide the inside's addresses, or must not touch them.</summary>
    public required bool Translates { get; init; }

    /// <summary>The processors of the two ends; null for any.</summary>
    public CorePlacement? Cores { get; init; }
}
