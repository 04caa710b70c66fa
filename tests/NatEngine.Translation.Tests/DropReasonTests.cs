using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

/// <summary>Every reason that translation gives, once. (More of each in the tests of the RFC that asks for
/// it.)</summary>
public sealed class DropReasonTests
{
    private const string Inside = "100.64.0.2:4000";
    private const string Server = "198.51.100.7:53";

    [Fact]
    public void UnsupportedProtocol()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Other("100.64.0.2", "198.51.100.7", 47)).MustDrop(DropReason.UnsupportedProtocol);
    }

    [Fact]
    public void Fragment_of_an_ended_session_and_of_an_error()
    {
        using Gateway gateway = new();
        byte[] packet = Frames.Udp(Inside, Server, 100);
        Outcome first = gateway.FromInside(Frames.AsFragment(Frames.Udp(Inside, Server, 56), 0, more: true));
        Assert.Equal(VerdictKind.Forward, first.Verdict.Kind);
        uint cursor = 0;
        Assert.Equal(1, gateway.Translator.Flush(ref cursor, 4096));
        gateway.FromInside(Frames.AsFragment(packet, 64, more: false)).MustDrop(DropReason.Fragment);

        byte[] error = Frames.Error(Server[..^3], Gateway.External, packet, embedded: 32);
        gateway.FromOutside(Frames.AsFragment(error, 0, more: true)).MustDrop(DropReason.Fragment);
    }

    [Fact]
    public void FragmentOverlap()
    {
        using Gateway gateway = new();
        byte[] first = Frames.AsFragment(Frames.Udp(Inside, Server, 56), 0, more: true);
        Assert.Equal(VerdictKind.Forward, gateway.FromInside(first).Verdict.Kind);
        gateway.FromInside(first).MustDrop(DropReason.FragmentOverlap);
    }

    [Fact]
    public void NoMapping_Filtered_and_NotOurs()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp(Inside, Server));
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4444")).MustDrop(DropReason.NoMapping);
        gateway.FromOutside(Frames.Udp("198.51.100.7:1", "203.0.113.1:4000")).MustDrop(DropReason.Filtered);
        gateway.FromOutside(Frames.Udp(Server, Inside)).MustDrop(DropReason.NotOurs);
    }

    [Fact] // the inside's own tuple, sent from outside
    public void Filtered_when_a_tuple_comes_from_the_wrong_side()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp(Inside, Server));
        gateway.FromOutside(Frames.Udp(Inside, Server)).MustDrop(DropReason.Filtered);
        gateway.FromInside(Frames.Udp(Server, "203.0.113.1:4000")).MustDrop(DropReason.Filtered);
    }

    [Theory]
    [InlineData("203.0.113.1:4000")] // an external address
    [InlineData("198.18.0.1:4000")] // outside the prefixes
    public void NotInternal(string source)
    {
        using Gateway gateway = new(options => options with
        {
            InternalPrefixes = [new IPv4Prefix(IPv4Address.Parse("100.64.0.0"), 16)],
        });
        gateway.FromInside(Frames.Udp(source, Server)).MustDrop(DropReason.NotInternal);
        Assert.Equal(0, gateway.Translator.MappingCount);
    }

    [Theory]
    [InlineData(TcpFlags.Rst)]
    [InlineData(TcpFlags.Rst | TcpFlags.Ack)]
    [InlineData(TcpFlags.Syn | TcpFlags.Ack)]
    [InlineData(TcpFlags.None)]
    [InlineData(TcpFlags.Fin | TcpFlags.Syn | TcpFlags.Ack)]
    public void NotAnOpening_from_inside(TcpFlags flags)
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Tcp(Inside, Server, flags)).MustDrop(DropReason.NotAnOpening);
        gateway.FromInside(Frames.EchoReply("100.64.0.2", "198.51.100.7", 1)).MustDrop(DropReason.NotAnOpening);
        Assert.Equal(0, gateway.Translator.MappingCount);
    }

    [Fact]
    public void NotAnOpening_when_pick_up_is_off()
    {
        using Gateway gateway = new(options => options with { MidStreamPickup = false });
        gateway.FromInside(Frames.Tcp(Inside, Server, TcpFlags.Ack)).MustDrop(DropReason.NotAnOpening);
    }

    [Fact]
    public void PortsExhausted_refuses_newcomers_and_nobody_else()
    {
        using Gateway gateway = new(options => options with { Ports = new PortRange(20000, 20003) });
        for (int host = 1; host <= 4; host++)
        {
            Assert.True(gateway.FromInside(Frames.Udp($"100.64.0.{host}:4000", Server)).Forwarded);
        }

        gateway.FromInside(Frames.Udp("100.64.0.5:4000", Server)).MustDrop(DropReason.PortsExhausted);
        for (int host = 1; host <= 4; host++)
        {
            Assert.True(gateway.FromInside(Frames.Udp($"100.64.0.{host}:4000", "198.51.100.9:1")).Forwarded);
        }

        Assert.True(gateway.FromInside(Frames.Tcp("100.64.0.5:4000", Server, TcpFlags.Syn)).Forwarded);
        gateway.Wait(120, collect: false);
        Assert.True(gateway.FromInside(Frames.Udp("100.64.0.5:4000", Server)).Forwarded);
    }

    [Fact]
    public void SessionTableFull_refuses_newcomers_and_nobody_else()
    {
        using Gateway gateway = new(options => options with { MaxSessions = 3 });
        for (int port = 1; port <= 3; port++)
        {
            Assert.True(gateway.FromInside(Frames.Udp(Inside, $"198.51.100.7:{port}")).Forwarded);
        }

        gateway.FromInside(Frames.Udp(Inside, "198.51.100.7:4")).MustDrop(DropReason.SessionTableFull);
        gateway.FromInside(Frames.Udp("100.64.0.3:1", "198.51.100.7:4")).MustDrop(DropReason.SessionTableFull);
        Assert.Equal(1, gateway.Translator.MappingCount);
        Assert.True(gateway.FromInside(Frames.Udp(Inside, "198.51.100.7:1")).Forwarded);
        gateway.Wait(120, collect: false);
        Assert.True(gateway.FromInside(Frames.Udp(Inside, "198.51.100.7:4")).Forwarded);
    }

    [Fact]
    public void MappingTableFull_refuses_new_mappings_only()
    {
        using Gateway gateway = new(options => options with { MaxMappings = 1 });
        Assert.True(gateway.FromInside(Frames.Udp(Inside, Server)).Forwarded);
        gateway.FromInside(Frames.Udp("100.64.0.3:1", Server)).MustDrop(DropReason.MappingTableFull);
        Assert.True(gateway.FromInside(Frames.Udp(Inside, "198.51.100.7:54")).Forwarded);
    }

    [Fact] // one visitor's port, one service, two ways to it: the answers could not be told apart
    public void Conflict()
    {
        TransportAddress web = Frames.At("100.64.0.10:80");
        using Gateway gateway = new(options => options with
        {
            Published = [new(IpProtocol.Tcp, 8080, web), new(IpProtocol.Tcp, 8081, web)],
        });
        Assert.True(gateway.FromOutside(Frames.Tcp(Server, "203.0.113.1:8080", TcpFlags.Syn)).Forwarded);
        gateway.FromOutside(Frames.Tcp(Server, "203.0.113.1:8081", TcpFlags.Syn)).MustDrop(DropReason.Conflict);
        gateway.Wait(240, collect: false);
        Assert.True(gateway.FromOutside(Frames.Tcp(Server, "203.0.113.1:8081", TcpFlags.Syn)).Forwarded);
        gateway.FromInside(Frames.Tcp("100.64.0.10:80", Server, TcpFlags.Syn | TcpFlags.Ack))
            .MustLeave(Realm.External, "203.0.113.1:8081", Server);
    }

    [Fact]
    public void None_for_what_is_not_ours_to_judge()
    {
        using Gateway gateway = new();
        Assert.Equal(VerdictKind.None, gateway.FromInside(Frames.Arp()).Verdict.Kind);
    }
}
