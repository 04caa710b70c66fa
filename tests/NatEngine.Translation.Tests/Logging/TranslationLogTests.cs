using System;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Logging;

/// <summary>RFC 6888 REQ-12: what has to be written down to say later who had an external port.</summary>
public sealed class TranslationLogTests
{
    private const string Inside = "100.64.0.2:3000";
    private const string Server = "198.51.100.7:53";
    private const string OtherServer = "198.51.100.8:53";

    [Fact]
    public void Req12_mapping_is_written_down_when_made_and_when_ended_and_no_destination_is()
    {
        using Gateway gateway = new(options => options with { LogCapacity = 8 });
        gateway.Wait(5);
        _ = gateway.FromInside(Frames.Udp(Inside, Server));
        _ = gateway.FromInside(Frames.Udp(Inside, OtherServer));
        gateway.Wait(120);
        TranslationEvent made = new()
        {
            Kind = TranslationEventKind.MappingCreated,
            At = new Timestamp(5_000),
            Protocol = IpProtocol.Udp,
            Internal = Frames.At(Inside),
            External = Frames.At("203.0.113.1:3000"),
        };
        Assert.Equal(
            [made, made with { Kind = TranslationEventKind.MappingEnded, At = new Timestamp(125_000) }], Take(gateway));
    }

    [Fact] // else nobody could say which of a port's owners it was
    public void Req12_session_with_a_shared_port_is_written_down_with_its_remote_end()
    {
        using Gateway gateway = new(options => options with
        {
            Behavior = TranslationBehavior.Symmetric,
            Ports = new PortRange(4000, 4000),
            LogCapacity = 8,
        });
        _ = gateway.FromInside(Frames.Tcp(Inside, Server, TcpFlags.Syn));
        _ = gateway.FromInside(Frames.Tcp("100.64.0.3:3000", OtherServer, TcpFlags.Syn));
        Assert.True(gateway.Translator.Delete(gateway.Sessions()[0].Original));
        TranslationEvent[] events = Take(gateway);
        Assert.Equal(
            [
                (TranslationEventKind.SessionCreated, Inside, Server),
                (TranslationEventKind.SessionCreated, "100.64.0.3:3000", OtherServer),
                (TranslationEventKind.SessionEnded, Inside, Server),
            ],
            events.Select(one => (one.Kind, one.Internal.ToString(), one.Remote.ToString())));
        Assert.All(events, one => Assert.Equal(Frames.At("203.0.113.1:4000"), one.External));
    }

    [Fact]
    public void Req12_protocol_without_ports_is_written_down_with_its_remote_end()
    {
        using Gateway gateway = new(options => options with { OtherProtocols = true, LogCapacity = 8 });
        _ = gateway.FromInside(Frames.Other("100.64.0.2", "198.51.100.7", (byte)IpProtocol.Gre));
        TranslationEvent only = Assert.Single(Take(gateway));
        Assert.Equal(
            (TranslationEventKind.SessionCreated, IpProtocol.Gre, "100.64.0.2:0", "203.0.113.1:0", "198.51.100.7:0"),
            (only.Kind, only.Protocol, only.Internal.ToString(), only.External.ToString(), only.Remote.ToString()));
    }

    [Fact]
    public void Req14_block_is_written_down_in_place_of_its_sessions()
    {
        using Gateway gateway = new(options => options with
        {
            Ports = new PortRange(5000, 5009),
            Blocks = new PortBlockOptions { Size = 10, ReleaseDelay = TimeSpan.FromSeconds(30) },
            LogCapacity = 8,
        });
        for (int port = 3000; port < 3010; port++)
        {
            _ = gateway.FromInside(Frames.Udp($"100.64.0.2:{port}", Server));
        }

        gateway.Wait(120);
        gateway.Wait(30);
        TranslationEvent[] events = Take(gateway);
        Assert.Equal(
            [(TranslationEventKind.BlockAllocated, 0L), (TranslationEventKind.BlockReleased, 150_000L)],
            events.Select(one => (one.Kind, one.At.Milliseconds)));
        Assert.All(events, one => Assert.Equal(
            ("100.64.0.2:0", "203.0.113.1:5000", 5009, IpProtocol.None),
            (one.Internal.ToString(), one.External.ToString(), one.LastPort, one.Protocol)));
    }

    [Fact]
    public void Rfc7422_computed_ports_need_no_log_but_identifiers_do()
    {
        using Gateway gateway = new(options => options with
        {
            Deterministic = new DeterministicOptions(new IPv4Prefix(IPv4Address.Parse("100.64.0.0"), 30), 4),
            LogCapacity = 8,
        });
        _ = gateway.FromInside(Frames.Udp(Inside, Server));
        _ = gateway.FromInside(Frames.Tcp(Inside, Server, TcpFlags.Syn));
        _ = gateway.FromInside(Frames.EchoRequest("100.64.0.2", "198.51.100.7", 77));
        Assert.Equal(IpProtocol.Icmp, Assert.Single(Take(gateway)).Protocol);
    }

    [Fact]
    public void Untranslated_and_published_are_the_configurations_to_know()
    {
        using Gateway gateway = new(options => options with
        {
            UntranslatedDestinations =
                [new UntranslatedDestination(new IPv4Prefix(IPv4Address.Parse("198.51.100.7"), 32))],
            Published = [new PublishedService(IpProtocol.Tcp, 80, Frames.At("100.64.0.10:80"))],
            LogCapacity = 8,
        });
        _ = gateway.FromInside(Frames.Udp(Inside, Server));
        _ = gateway.FromOutside(Frames.Tcp("198.51.100.8:999", "203.0.113.1:80", TcpFlags.Syn));
        Assert.Equal(2, gateway.Translator.SessionCount);
        Assert.Empty(Take(gateway));
    }

    [Fact]
    public void What_finds_no_room_is_counted_and_the_oldest_is_kept()
    {
        using Gateway gateway = new(options => options with { LogCapacity = 3 });
        for (int port = 3000; port < 3005; port++)
        {
            _ = gateway.FromInside(Frames.Udp($"100.64.0.2:{port}", Server));
        }

        TranslationLog log = gateway.Translator.Log!;
        Assert.Equal((3, 2L), (log.Count, log.Lost));
        Assert.Equal([3000, 3001, 3002], Take(gateway).Select(one => (int)one.External.Port));
        _ = gateway.FromInside(Frames.Udp("100.64.0.2:3005", Server));
        Assert.Equal(3005, Assert.Single(Take(gateway)).External.Port);
        Assert.Equal(2, log.Lost);
    }

    [Fact]
    public void Is_off_unless_asked_for()
    {
        using Gateway gateway = new();
        Assert.Null(gateway.Translator.Log);
    }

    private static TranslationEvent[] Take(Gateway gateway)
    {
        TranslationEvent[] events = new TranslationEvent[64];
        return events[..gateway.Translator.Log!.Take(gateway.Now, events)];
    }
}
