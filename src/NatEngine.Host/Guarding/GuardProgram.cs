using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Guarding;

/// <summary>Writes the guard as an extended BPF program: the rules of <see cref="GuardRuleset"/>, in their order, with
/// a counter for each that drops.</summary>
/// <remarks>What cannot be read, because the frame ends before, passes: the kernel's IP stack drops it. So do later
/// fragments, which carry no ports.</remarks>
internal static class GuardProgram
{
    /// <summary>What the program is called in the kernel.</summary>
    internal const string Name = "natengine_guard";

    /// <summary>Port ranges at most, of both protocols together: jumps go no farther.</summary>
    internal const int MostPortRanges = 4096;

    private const int ThisHost = 0; // PACKET_HOST

    // In network order, as the kernel's description of a packet has it.
    private const uint IPv4EtherType = 0x0008;

    // Offsets from the start of the frame; a VLAN tag is not in it.
    private const int Version = 14;
    private const int FragmentOffset = 20;
    private const int Protocol = 23;
    private const int Destination = 30;
    private const int DestinationPortBeyondHeader = 16;
    private const uint FragmentOffsetMask = 0x1fff;

    // Registers.
    private const int Rule = 7;
    private const int Address = 8;
    private const int Transport = 9;

    /// <summary>Writes the program of one interface.</summary>
    /// <exception cref="GuardException">There are more port ranges than a program can have.</exception>
    internal static ulong[] Write(GuardPlan plan, IReadOnlyList<IPv4Address> hostAddresses)
    {
        if (plan.TcpPorts.Count + plan.UdpPorts.Count > MostPortRanges)
        {
            throw new GuardException(
                $"the guard would have {plan.TcpPorts.Count + plan.UdpPorts.Count} ranges of ports, and a program "
                + $"takes {MostPortRanges}: publish ranges instead of single ports, or set guard.kind to nft");
        }

        ExtendedBpfBuilder program = new();
        BpfLabel pass = program.NewLabel();
        BpfLabel drop = program.NewLabel();
        BpfLabel host = program.NewLabel();
        program.Begin()
            .Load(PacketProperty.PacketType).JumpUnlessEqual(ExtendedBpfBuilder.Result, ThisHost, pass)
            .Load(PacketProperty.Protocol).JumpUnlessEqual(ExtendedBpfBuilder.Result, IPv4EtherType, pass)
            .Load(PacketProperty.VlanTagPresent).JumpUnlessEqual(ExtendedBpfBuilder.Result, 0, pass)
            .LoadWord(Destination).Copy(Address, ExtendedBpfBuilder.Result).Set(Rule, 0);
        foreach (IPv4Address address in hostAddresses)
        {
            program.JumpIf(Address, BpfComparison.Equal, address.Value, host);
        }

        program.Jump(drop).Place(host);
        if (plan.SharedAddress is IPv4Address shared)
        {
            WriteShared(program, plan, shared, pass, drop);
        }

        return program
            .Place(pass).Return(IngressProgram.Pass)
            .Place(drop).CountPacket(Rule).Return(IngressProgram.Drop)
            .Build();
    }

    private static void WriteShared(
        ExtendedBpfBuilder program, GuardPlan plan, IPv4Address shared, BpfLabel pass, BpfLabel drop)
    {
        program.JumpUnlessEqual(Address, shared.Value, pass)
            .LoadByte(Protocol).Copy(Transport, ExtendedBpfBuilder.Result);
        int rule = 1;
        foreach ((IpProtocol protocol, IReadOnlyList<PortRange> ports) in
            new[] { (IpProtocol.Tcp, plan.TcpPorts), (IpProtocol.Udp, plan.UdpPorts) })
        {
            if (ports.Count > 0)
            {
                BpfLabel next = program.NewLabel();
                program.JumpUnlessEqual(Transport, (uint)protocol, next)
                    .Set(Rule, rule++)
                    .LoadHalf(FragmentOffset)
                    .JumpIf(ExtendedBpfBuilder.Result, BpfComparison.AnyBitSet, FragmentOffsetMask, pass)
                    .LoadByte(Version).And(0xf).ShiftLeft(2).Copy(Address, ExtendedBpfBuilder.Result)
                    .LoadHalfBeyond(Address, DestinationPortBeyondHeader);
                Search(program, [.. ports.OrderBy(range => range.First)], pass, drop);
                program.Place(next);
            }
        }

        if (plan.OtherProtocols)
        {
            foreach (int protocol in GuardRuleset.HostProtocols)
            {
                program.JumpIf(Transport, BpfComparison.Equal, (uint)protocol, pass);
            }

            program.Set(Rule, rule).Jump(drop);
        }
    }

    // A binary search, written out.
    private static void Search(
        ExtendedBpfBuilder program, ReadOnlySpan<PortRange> ranges, BpfLabel pass, BpfLabel drop)
    {
        if (ranges.Length == 1)
        {
            BpfLabel atLeast = program.NewLabel();
            program.JumpIf(ExtendedBpfBuilder.Result, BpfComparison.GreaterOrEqual, ranges[0].First, atLeast)
                .Jump(pass)
                .Place(atLeast)
                .JumpIf(ExtendedBpfBuilder.Result, BpfComparison.Greater, ranges[0].Last, pass)
                .Jump(drop);
            return;
        }

        int middle = ranges.Length / 2;
        BpfLabel upper = program.NewLabel();
        program.JumpIf(ExtendedBpfBuilder.Result, BpfComparison.GreaterOrEqual, ranges[middle].First, upper);
        Search(program, ranges[..middle], pass, drop);
        program.Place(upper);
        Search(program, ranges[middle..], pass, drop);
    }
}
