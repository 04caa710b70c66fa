using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Devices;
using NatEngine.Host.Guarding;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Guarding;

/// <summary>The guard's program, asked by the kernel about frames: octets in, verdict out.</summary>
public sealed class GuardProgramTests
{
    private const string Remote = "198.51.100.7";
    private const string Own = "203.0.113.1";
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const byte Gre = 47;

    [RootTheory]
    [InlineData(Remote, Tcp, 22, true)] // not the host's: the engine's, whatever it is
    [InlineData(Remote, Gre, 0, true)]
    [InlineData("100.64.0.1", Tcp, 1024, false)] // the host's, and no other's
    [InlineData(Own, Tcp, 79, false)]
    [InlineData(Own, Tcp, 80, true)]
    [InlineData(Own, Tcp, 81, false)]
    [InlineData(Own, Tcp, 1023, false)]
    [InlineData(Own, Tcp, 1024, true)]
    [InlineData(Own, Tcp, 32767, true)]
    [InlineData(Own, Tcp, 32768, false)]
    [InlineData(Own, Tcp, 60999, false)]
    [InlineData(Own, Tcp, 61000, true)]
    [InlineData(Own, Tcp, 65535, true)]
    [InlineData(Own, Udp, 80, false)] // another protocol, other ports
    [InlineData(Own, Udp, 32767, true)]
    [InlineData(Own, Udp, 32768, false)]
    [InlineData(Own, 1, 1024, false)] // ICMP is for both
    [InlineData(Own, Gre, 1024, false)]
    public void Of_a_shared_address_it_drops_the_engines_ports(string to, byte protocol, int port, bool isDropped)
        => Assert.Equal(isDropped, Drops(GuardRulesetTests.Shared, Frame(to, protocol, port)));

    [RootTheory]
    [InlineData(Gre, true)]
    [InlineData(132, true)] // SCTP
    [InlineData(1, false)]
    [InlineData(33, false)] // DCCP is never translated
    [InlineData(51, false)]
    [InlineData(136, false)]
    public void Of_a_shared_address_it_drops_other_protocols_where_they_are_translated(byte protocol, bool isDropped)
        => Assert.Equal(
            isDropped,
            Drops(GuardRulesetTests.Shared with { OtherProtocols = true }, Frame(Own, protocol, 1024)));

    [RootFact]
    public void Ports_are_found_behind_options_and_only_in_first_fragments()
    {
        byte[] withOptions = Frame(Own, Udp, 1024, options: 40);
        byte[] first = Frame(Own, Udp, 1024);
        first[20] = 0x20; // more fragments
        byte[] later = Frame(Own, Udp, 1024);
        later[21] = 1; // at octet 8
        byte[] elsewhere = Frame(Remote, Udp, 1024);
        elsewhere[21] = 1;

        Assert.True(Drops(GuardRulesetTests.Shared, withOptions));
        Assert.True(Drops(GuardRulesetTests.Shared, first));
        Assert.False(Drops(GuardRulesetTests.Shared, later));
        Assert.True(Drops(GuardRulesetTests.Shared, elsewhere));
    }

    [RootFact]
    public void What_is_for_others_not_IPv4_or_cut_off_passes()
    {
        byte[] frame = Frame(Remote, Udp, 1024);
        byte[] broadcast = [.. frame];
        broadcast.AsSpan(0, 6).Fill(0xff);
        byte[] otherStation = [.. frame];
        otherStation[0] = 2;
        byte[] arp = [.. frame];
        arp[13] = 6;
        byte[] version6 = [.. frame, .. new byte[20]];
        (version6[12], version6[13]) = (0x86, 0xdd);

        Assert.True(Drops(GuardRulesetTests.Owned, frame));
        Assert.All(
            [broadcast, otherStation, arp, version6, Frame(Own, Udp, 1024)[..36]],
            passing => Assert.False(Drops(GuardRulesetTests.Shared, passing)));
    }

    [RootFact] // an external interface without an address, the engine's own addresses only
    public void Where_the_host_has_no_address_every_packet_is_the_engines()
        => Assert.True(Drops(GuardRulesetTests.Owned with { ExternalHostAddresses = [] }, Frame(Own, 1, 0)));

    [RootFact]
    public void Of_thousands_of_published_ports_each_is_found_and_none_between()
    {
        PortRange[] ports =
        [
            .. Enumerable.Range(0, GuardProgram.MostPortRanges)
                .Select(i => new PortRange((ushort)(1024 + (i * 4)), (ushort)(1024 + (i * 4) + (i % 3)))),
        ];
        GuardPlan plan = GuardRulesetTests.Shared with { TcpPorts = [], UdpPorts = ports };
        using IngressProgram program = Load(plan);

        HashSet<int> dropped = [.. Enumerable.Range(0, 65536).Where(port => IsDropped(program, Frame(Own, Udp, port)))];

        Assert.Equal(ports.SelectMany(range => Enumerable.Range(range.First, range.Count)), dropped.Order());
    }

    [Fact]
    public void More_ranges_than_a_program_takes_are_refused_with_the_number_and_the_way_out()
    {
        PortRange[] ports =
        [
            .. Enumerable.Range(1, GuardProgram.MostPortRanges)
                .Select(i => new PortRange((ushort)(2 * i), (ushort)(2 * i))),
        ];

        GuardException error = Assert.Throws<GuardException>(() => GuardProgram.Write(
            GuardRulesetTests.Shared with { TcpPorts = [new PortRange(80, 80)], UdpPorts = ports }, []));

        Assert.Contains("4097 ranges of ports, and a program takes 4096", error.Message, StringComparison.Ordinal);
        Assert.Contains("guard.kind", error.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public void Each_rule_that_drops_has_a_counter_of_its_own()
    {
        GuardPlan plan = GuardRulesetTests.Shared with { OtherProtocols = true };
        using IngressProgram program = Load(plan);
        byte[][] frames =
            [Frame(Remote, Tcp, 1), Frame(Own, Tcp, 80), Frame(Own, Udp, 1024), Frame(Own, Gre, 0), Frame(Own, 1, 0)];
        for (int i = 0; i < frames.Length; i++)
        {
            for (int times = 0; times <= i; times++)
            {
                _ = program.Ask(frames[i]);
            }
        }

        Assert.Equal(
            [(1L, 28L), (2L, 56L), (3L, 84L), (4L, 112L)],
            Enumerable.Range(0, 4).Select(program.ReadCounter).Select(count => (count.Packets, count.Octets)));
    }

    private static bool Drops(GuardPlan plan, byte[] frame)
    {
        using IngressProgram program = Load(plan);
        return IsDropped(program, frame);
    }

    private static bool IsDropped(IngressProgram program, byte[] frame)
    {
        int verdict = program.Ask(frame);
        Assert.Contains(verdict, new[] { IngressProgram.Pass, IngressProgram.Drop, 0 });
        return verdict == IngressProgram.Drop;
    }

    // On the external interface; the shared plan's internal side knows the address that is the host's alone.
    private static IngressProgram Load(GuardPlan plan) => IngressProgram.Load(
        "natengine_test",
        GuardProgram.Write(plan, plan.SharedAddress is null ? plan.ExternalHostAddresses : plan.InternalHostAddresses),
        counters: 4,
        "test");

    // For this host, as the kernel takes it: to the address of the loopback interface.
    private static byte[] Frame(string to, byte protocol, int port, int options = 0)
    {
        byte[] frame = new byte[14 + 20 + options + 8];
        frame[12] = 8;
        frame[14] = (byte)(0x45 + (options / 4));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(16), (ushort)(frame.Length - 14));
        frame[23] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(30), IPv4Address.Parse(to).Value);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(34 + options + 2), (ushort)port);
        return frame;
    }
}
