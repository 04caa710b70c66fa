using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Which frames an <see cref="AfPacketDevice"/> takes: IPv4 for this host's hardware address, ARP for it or
/// for all, neither with a VLAN tag. Everything else is the kernel's alone.</summary>
internal static class ReceiveFilter
{
    private const int EtherTypeOffset = 12;

    /// <summary>The program.</summary>
    internal static BpfProgram Program { get; } = Build();

    /// <summary>One that takes no frame.</summary>
    internal static BpfProgram Nothing { get; } = new BpfProgramBuilder().Refuse().Build();

    private static BpfProgram Build()
    {
        BpfProgramBuilder program = new();
        BpfLabel accept = program.NewLabel();
        BpfLabel refuse = program.NewLabel();
        BpfLabel arp = program.NewLabel();

        return program

            // A tag that still stands in the frame shows as another EtherType; one that was taken out shows here.
            .Load(BpfAncillary.VlanTagPresent)
            .JumpUnless(BpfComparison.Equal, 0, refuse)
            .LoadHalf(EtherTypeOffset)
            .JumpIf(BpfComparison.Equal, Libc.ETH_P_ARP, arp)
            .JumpUnless(BpfComparison.Equal, Libc.ETH_P_IP, refuse)

            .Load(BpfAncillary.PacketType)
            .JumpIf(BpfComparison.Equal, Libc.PACKET_HOST, accept)
            .Refuse()

            .Place(arp)
            .Load(BpfAncillary.PacketType)
            .JumpIf(BpfComparison.Equal, Libc.PACKET_HOST, accept)
            .JumpIf(BpfComparison.Equal, Libc.PACKET_BROADCAST, accept)
            .Place(refuse)
            .Refuse()
            .Place(accept)
            .Accept()
            .Build();
    }
}
