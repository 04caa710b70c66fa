using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Ports;

/// <summary>Whose an external port is, asked while the NAT runs.</summary>
public sealed class PortOwnersTests
{
    private const string Server = "198.51.100.7:53";

    [Fact]
    public void Mapping_has_its_port_in_its_own_protocol_while_it_lives()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp("100.64.0.2:3000", Server));
        PortOwner owner = gateway.Translator.Owners.Of(Frames.At("203.0.113.1:3000"), IpProtocol.Udp);
        Assert.Equal((PortOwnership.Mapping, "100.64.0.2:3000"), (owner.Kind, owner.Internal.ToString()));
        Assert.Equal(PortOwnership.None, KindOf(gateway, "203.0.113.1:3000", IpProtocol.Tcp));
        Assert.Equal(PortOwnership.None, KindOf(gateway, "203.0.113.2:3000", IpProtocol.Udp));
        gateway.Wait(120);
        Assert.Equal(PortOwnership.None, KindOf(gateway, "203.0.113.1:3000", IpProtocol.Udp));
    }

    [Fact]
    public void Block_is_its_owners_until_it_is_released()
    {
        using Gateway gateway = new(options => options with
        {
            Ports = new PortRange(5000, 5024),
            Blocks = new PortBlockOptions { Size = 10, ReleaseDelay = System.TimeSpan.FromSeconds(30) },
        });
        int port = gateway.FromInside(Frames.Udp("100.64.0.2:3000", Server)).Tuple.Source.Port;
        string neighbour = $"203.0.113.1:{(port % 10 == 9 ? port - 1 : port + 1)}";
        int first = port / 10 * 10;
        PortOwner owner = gateway.Translator.Owners.Of(Frames.At(neighbour), IpProtocol.Tcp);
        Assert.Equal(
            new PortOwner(
                PortOwnership.Block, Frames.At("100.64.0.2:0"), new PortRange((ushort)first, (ushort)(first + 9)), 0),
            owner);
        string other = $"203.0.113.1:{(first == 5000 ? 5010 : 5000)}";
        Assert.Equal(PortOwnership.None, KindOf(gateway, other, IpProtocol.Udp));
        Assert.Equal(PortOwnership.None, KindOf(gateway, "203.0.113.1:5022", IpProtocol.Udp)); // fills no block
        gateway.Wait(120);
        gateway.Wait(29.999);
        Assert.Equal(PortOwnership.Block, KindOf(gateway, neighbour, IpProtocol.Tcp));
        gateway.Wait(0.001);
        Assert.Equal(PortOwnership.None, KindOf(gateway, neighbour, IpProtocol.Tcp));
    }

    [Fact]
    public void Computed_port_is_its_hosts_whether_he_uses_it_or_not()
    {
        using Gateway gateway = new(options => options with
        {
            Ports = new PortRange(4000, 4039),
            Deterministic = new DeterministicOptions(new IPv4Prefix(IPv4Address.Parse("100.64.0.0"), 30), 4),
        });
        Assert.Equal(
            new PortOwner(PortOwnership.Computed, Frames.At("100.64.0.2:0"), new PortRange(4020, 4029), 0),
            gateway.Translator.Owners.Of(Frames.At("203.0.113.1:4025"), IpProtocol.Tcp));
        Assert.Equal(PortOwnership.None, KindOf(gateway, "203.0.113.1:4040", IpProtocol.Tcp));
        Assert.Equal(PortOwnership.None, KindOf(gateway, "203.0.113.1:4025", IpProtocol.Icmp));
    }

    [Fact]
    public void Shared_port_is_its_sessions_and_published_one_the_services()
    {
        using Gateway gateway = new(options => options with
        {
            Behavior = TranslationBehavior.Symmetric,
            Published = [new PublishedService(IpProtocol.Tcp, 8080, Frames.At("100.64.0.10:80"))],
        });
        gateway.FromInside(Frames.Tcp("100.64.0.2:3000", Server, TcpFlags.Syn));
        Assert.Equal(PortOwnership.Shared, KindOf(gateway, "203.0.113.1:3000", IpProtocol.Tcp));
        Assert.Equal(PortOwnership.Published, KindOf(gateway, "203.0.113.1:8080", IpProtocol.Tcp));
        Assert.Equal(PortOwnership.Shared, KindOf(gateway, "203.0.113.1:8080", IpProtocol.Udp));
    }

    private static PortOwnership KindOf(Gateway gateway, string external, IpProtocol protocol)
        => gateway.Translator.Owners.Of(Frames.At(external), protocol).Kind;
}
