using System;
using System.Buffers.Binary;
using NatEngine.Packets;

namespace NatEngine.Pipeline.Tests;

/// <summary>ICMP errors through the NAT (RFC 5508 section 4). <see cref="Sent"/> checks the outer checksums and that of
/// the embedded IPv4 header.</summary>
public class IcmpErrorTests
{
    private const byte Unreachable = 3;
    private const byte TimeExceeded = 11;

    [Theory]
    [InlineData(6)]
    [InlineData(17)]
    [InlineData(1)]
    public void Rfc5508_Req4_an_error_from_outside_reaches_the_host_about_its_own_packet(byte protocol)
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] original = Opening(protocol, Net.Host);
        gateway.FromHost(original);
        gateway.Run();
        Sent outbound = Assert.Single(gateway.TakeOutside());

        gateway.FromRouter(Packet.IcmpError(
            Net.Hop, Net.Outside, TimeExceeded, 0, outbound.Octets, outbound.TotalLength));
        gateway.Run();

        Sent error = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Hop, Net.Host, Net.HostMac), (error.Source, error.Destination, error.Station));
        Assert.Equal((TimeExceeded, 0), (error.IcmpType, error.IcmpCode));
        error.CheckEmbeddedTransport();

        // What the host sent, but for the hop and the IPv4 checksum that went with it.
        byte[] quoted = error.Embedded.ToArray();
        Assert.Equal(63, quoted[8]);
        Assert.Equal(original.AsSpan(14)[..8], quoted.AsSpan()[..8]);
        Assert.Equal(original.AsSpan(14)[12..], quoted.AsSpan()[12..]);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(17)]
    public void Eight_octets_of_the_embedded_packet_are_enough(byte protocol)
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Opening(protocol, Net.Host));
        gateway.Run();
        Sent outbound = Assert.Single(gateway.TakeOutside());

        gateway.FromRouter(Packet.IcmpError(Net.Hop, Net.Outside, Unreachable, 1, outbound.Octets, 28));
        gateway.Run();
        Sent error = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Host, 4000), (error.EmbeddedSource, error.EmbeddedSourcePort));
        Assert.Equal((Net.Server, 80), (error.EmbeddedDestination, error.EmbeddedDestinationPort));
    }

    [Fact]
    public void An_embedded_datagram_without_checksum_stays_without()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] datagram = Opening(17, Net.Host);
        datagram.AsSpan(40, 2).Clear();
        gateway.FromHost(datagram);
        gateway.Run();
        Sent outbound = Assert.Single(gateway.TakeOutside());

        gateway.FromRouter(Packet.IcmpError(
            Net.Server, Net.Outside, Unreachable, 3, outbound.Octets, outbound.TotalLength));
        gateway.Run();
        Sent error = Assert.Single(gateway.TakeInside());
        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(error.Embedded[26..]));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(17)]
    [InlineData(1)]
    public void Rfc5508_Req5_an_error_from_inside_shows_the_external_address(byte protocol)
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Opening(protocol, Net.Host));
        gateway.Run();
        Sent outbound = Assert.Single(gateway.TakeOutside());
        byte[] answer = protocol switch
        {
            6 => Packet.Tcp(Net.Server, 80, Net.Outside, outbound.SourcePort, 0x12),
            17 => Packet.Udp(Net.Server, 80, Net.Outside, outbound.SourcePort),
            _ => Packet.Echo(Net.Server, Net.Outside, outbound.Identifier, isReply: true),
        };
        gateway.FromRouter(answer);
        gateway.Run();
        Sent inbound = Assert.Single(gateway.TakeInside());

        // A router inside, not the host itself, says that it cannot be reached.
        gateway.FromHost(Packet.IcmpError(
            Net.SecondHost, Net.Server, Unreachable, 1, inbound.Octets, inbound.TotalLength));
        gateway.Run();

        Sent error = Assert.Single(gateway.TakeOutside());
        Assert.Equal((Net.Outside, Net.Server), (error.Source, error.Destination));
        error.CheckEmbeddedTransport();
        Assert.Equal(answer.AsSpan(14)[12..], error.Embedded[12..]);
    }

    [Fact]
    public void Rfc5508_Req7_a_hairpinned_error_shows_the_external_source()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Udp(Net.SecondHost, 5000, Net.Server, 53));
        gateway.Run();
        ushort mapped = Assert.Single(gateway.TakeOutside()).SourcePort;
        byte[] asked = Packet.Udp(Net.Host, 4000, Net.Outside, mapped);
        gateway.FromHost(asked);
        gateway.Run();
        Sent hairpinned = Assert.Single(gateway.TakeInside());

        gateway.Inside.Inject(Packet.IcmpError(
                Net.SecondHost, hairpinned.Source, Unreachable, 3, hairpinned.Octets, hairpinned.TotalLength)
            .Between(Net.SecondHostMac, Net.InternalMac));
        gateway.Run();

        Sent error = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Outside, Net.Host, Net.HostMac), (error.Source, error.Destination, error.Station));
        error.CheckEmbeddedTransport();
        Assert.Equal(asked.AsSpan(14)[12..], error.Embedded[12..]);
    }

    [Fact]
    public void An_error_about_nothing_of_ours_is_dropped()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] never = Packet.Udp(Net.Outside, 9999, Net.Server, 80);
        gateway.FromRouter(Packet.IcmpError(Net.Hop, Net.Outside, Unreachable, 3, never, 28));
        gateway.Run();
        Assert.Empty(gateway.TakeInside());
        Assert.Equal(1, gateway.Dropped(DropReason.UnrelatedIcmpError));
    }

    private static byte[] Opening(byte protocol, IPv4Address host) => protocol switch
    {
        6 => Packet.Tcp(host, 4000, Net.Server, 80, flags: 0x02, payload: 24),
        17 => Packet.Udp(host, 4000, Net.Server, 80),
        _ => Packet.Echo(host, Net.Server, 77),
    };
}
