using System.Collections.Generic;
using System.Linq;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Says which of several devices on one interface a frame goes to: a classic BPF program, which the kernel
/// runs on each frame before it chooses a ring.</summary>
/// <remarks>
/// <para>It reads from the IP header on (<c>SKF_NET_OFF</c>): fan-out does not say where in a frame it begins to
/// read.</para>
/// <para>What is not TCP, UDP or ICMP goes to lane 0. Whoever takes the frames must be prepared for some that should
/// have gone elsewhere.</para>
/// </remarks>
public sealed class SteeringProgram
{
    /// <summary>How many pinned ports of a protocol the program knows: each of them costs every other frame of the
    /// protocol a comparison, and no jump may be longer.</summary>
    public const int MostPinned = 64;

    private const byte Icmp = 1;
    private const byte Tcp = 6;
    private const byte Udp = 17;

    // Of the IPv4 header (RFC 791), from its first octet.
    private const int Identification = Libc.SKF_NET_OFF + 4;
    private const int FragmentOffset = Libc.SKF_NET_OFF + 6;
    private const int Protocol = Libc.SKF_NET_OFF + 9;
    private const int Source = Libc.SKF_NET_OFF + 12;
    private const uint FragmentBits = 0x3FFF; // more fragments, and the offset

    // Beyond the IPv4 header, whose length is in the index register.
    private const int Transport = Libc.SKF_NET_OFF;
    private const int DestinationPort = Transport + 2;
    private const int IcmpIdentifier = Transport + 4;
    private const int Embedded = Transport + 8;
    private const int EmbeddedProtocol = Embedded + 9;

    private SteeringProgram(int lanes, BpfProgram program)
    {
        Lanes = lanes;
        Program = program;
    }

    /// <summary>How many devices there are to be.</summary>
    public int Lanes { get; }

    internal BpfProgram Program { get; }

    /// <summary>Steers by source address, whole packets and fragments alike: lane
    /// ((address × multiplier mod 2^32) / 2^16) × lanes / 2^16, the address in host order.</summary>
    public static SteeringProgram BySource(int lanes, uint multiplier)
    {
        BpfProgramBuilder program = new();
        BpfLabel first = program.NewLabel();
        BpfLabel spread = program.NewLabel();
        return new SteeringProgram(lanes, program
            .Load(BpfAncillary.Protocol)
            .JumpUnless(BpfComparison.Equal, Libc.ETH_P_IP, first)
            .LoadByte(Protocol)
            .JumpIf(BpfComparison.Equal, Tcp, spread)
            .JumpIf(BpfComparison.Equal, Udp, spread)
            .JumpIf(BpfComparison.Equal, Icmp, spread)
            .Place(first)
            .Return(0)
            .Place(spread)
            .LoadWord(Source)
            .Compute(BpfOperation.Multiply, multiplier)
            .Compute(BpfOperation.ShiftRight, 16)
            .Compute(BpfOperation.Multiply, (uint)lanes)
            .Compute(BpfOperation.ShiftRight, 16)
            .ReturnAccumulator()
            .Build());
    }

    /// <summary>Steers by destination port, or what stands in its place: the identifier of an ICMP query, the source
    /// port of the packet that an ICMP error embeds. Lane ((port + offset) / stripe) mod lanes.</summary>
    /// <param name="lanes">How many lanes there are.</param>
    /// <param name="stripe">How many ports in succession are one lane's.</param>
    /// <param name="offset">How many ports of the first stripe lie below port 0.</param>
    /// <param name="pinned">Ports that are a certain lane's; of more than <see cref="MostPinned"/> of a protocol, the
    /// rest is steered like others.</param>
    /// <remarks>Fragments go by their identification: those of one packet to one lane, which need not be its port's.
    /// </remarks>
    public static SteeringProgram ByDestinationPort(
        int lanes, int stripe, int offset, IReadOnlyCollection<PinnedPort> pinned)
    {
        BpfProgramBuilder program = new();
        BpfLabel first = program.NewLabel();
        BpfLabel whole = program.NewLabel();
        BpfLabel tcp = program.NewLabel();
        BpfLabel udp = program.NewLabel();
        BpfLabel icmp = program.NewLabel();
        program
            .Load(BpfAncillary.Protocol)
            .JumpUnless(BpfComparison.Equal, Libc.ETH_P_IP, first)
            .LoadHalf(FragmentOffset)
            .JumpUnless(BpfComparison.AnyBitSet, FragmentBits, whole)
            .LoadHalf(Identification)
            .Compute(BpfOperation.Remainder, (uint)lanes)
            .ReturnAccumulator()
            .Place(whole)
            .LoadIndexWithHeaderLength(Libc.SKF_NET_OFF)
            .LoadByte(Protocol)
            .JumpIf(BpfComparison.Equal, Tcp, tcp)
            .JumpIf(BpfComparison.Equal, Udp, udp)
            .JumpIf(BpfComparison.Equal, Icmp, icmp)
            .Place(first)
            .Return(0);
        Stripes stripes = new(lanes, stripe, offset);
        AppendIcmp(program.Place(icmp), stripes);
        AppendPorts(program.Place(udp), pinned.Where(one => !one.IsTcp), stripes);
        AppendPorts(program.Place(tcp), pinned.Where(one => one.IsTcp), stripes);
        return new SteeringProgram(lanes, program.Build());
    }

    private static void AppendPorts(BpfProgramBuilder program, IEnumerable<PinnedPort> pinned, Stripes stripes)
    {
        program.LoadHalfBeyondIndex(DestinationPort);
        foreach (PinnedPort one in pinned.Take(MostPinned))
        {
            BpfLabel next = program.NewLabel();
            program.JumpUnless(BpfComparison.Equal, one.Port, next).Return((uint)one.Lane).Place(next);
        }

        stripes.AppendTo(program);
    }

    // RFC 792: destination unreachable, source quench, redirect, time exceeded and parameter problem embed a packet.
    private static void AppendIcmp(BpfProgramBuilder program, Stripes stripes)
    {
        BpfLabel error = program.NewLabel();
        program.LoadByteBeyondIndex(Transport);
        foreach (uint type in (uint[])[3, 4, 5, 11, 12])
        {
            program.JumpIf(BpfComparison.Equal, type, error);
        }

        stripes.AppendTo(program.LoadHalfBeyondIndex(IcmpIdentifier));
        BpfLabel query = program.NewLabel();
        program.Place(error).LoadByteBeyondIndex(EmbeddedProtocol).JumpIf(BpfComparison.Equal, Icmp, query);
        stripes.AppendTo(SkipEmbeddedHeader(program).LoadHalfBeyondIndex(Embedded));
        program.Place(query);
        stripes.AppendTo(SkipEmbeddedHeader(program).LoadHalfBeyondIndex(Embedded + 4));
    }

    // Adds the embedded IPv4 header's length to the index register.
    private static BpfProgramBuilder SkipEmbeddedHeader(BpfProgramBuilder program) => program
        .LoadByteBeyondIndex(Embedded)
        .Compute(BpfOperation.And, 0xF)
        .Compute(BpfOperation.ShiftLeft, 2)
        .AddIndex()
        .CopyToIndex();

    // The accumulator's lane.
    private readonly record struct Stripes(int Lanes, int Length, int Offset)
    {
        internal void AppendTo(BpfProgramBuilder program) => program
            .Compute(BpfOperation.Add, (uint)Offset)
            .Compute(BpfOperation.Divide, (uint)Length)
            .Compute(BpfOperation.Remainder, (uint)Lanes)
            .ReturnAccumulator();
    }
}
