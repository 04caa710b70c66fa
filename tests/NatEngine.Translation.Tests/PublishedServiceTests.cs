using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

public sealed class PublishedServiceTests
{
    private const string Web = "100.64.0.10:80";
    private const string Visitor = "198.51.100.7:4000";

    [Fact]
    public void Visitor_from_outside_reaches_the_service()
    {
        using Gateway gateway = Publishing();
        gateway.FromOutside(Frames.Tcp(Visitor, "203.0.113.1:8080", TcpFlags.Syn))
            .MustLeave(Realm.Internal, Visitor, Web);
        gateway.FromInside(Frames.Tcp(Web, Visitor, TcpFlags.Syn | TcpFlags.Ack))
            .MustLeave(Realm.External, "203.0.113.1:8080", Visitor);
        gateway.FromOutside(Frames.Tcp(Visitor, "203.0.113.1:8080", TcpFlags.Ack))
            .MustLeave(Realm.Internal, Visitor, Web);
        SessionSnapshot session = gateway.OnlySession();
        Assert.Equal((TcpState.Established, 2UL, 1UL),
            (session.State, session.OriginalPackets, session.ReplyPackets));
        Assert.Equal((Realm.External, Realm.Internal), (session.OriginalIngress, session.ReplyIngress));
    }

    [Theory]
    [InlineData(TcpFlags.Ack)]
    [InlineData(TcpFlags.Syn | TcpFlags.Ack)]
    [InlineData(TcpFlags.Rst)]
    public void Only_a_SYN_from_outside_opens(TcpFlags flags)
    {
        using Gateway gateway = Publishing();
        gateway.FromOutside(Frames.Tcp(Visitor, "203.0.113.1:8080", flags)).MustDrop(DropReason.NotAnOpening);
    }

    [Fact]
    public void Visitor_from_inside_reaches_the_service_under_its_external_address()
    {
        using Gateway gateway = Publishing();
        gateway.FromInside(Frames.Tcp("100.64.0.2:4000", "203.0.113.1:8080", TcpFlags.Syn))
            .MustLeave(Realm.Internal, "203.0.113.1:4000", Web);
        gateway.FromInside(Frames.Tcp(Web, "203.0.113.1:4000", TcpFlags.Syn | TcpFlags.Ack))
            .MustLeave(Realm.Internal, "203.0.113.1:8080", "100.64.0.2:4000");
    }

    [Fact]
    public void Service_can_visit_itself()
    {
        using Gateway gateway = Publishing();
        gateway.FromInside(Frames.Tcp("100.64.0.10:4000", "203.0.113.1:8080", TcpFlags.Syn))
            .MustLeave(Realm.Internal, "203.0.113.1:4000", Web);
    }

    [Fact]
    public void Published_port_belongs_to_nobody_else()
    {
        using Gateway gateway = Publishing();
        Outcome other = gateway.FromInside(Frames.Tcp("100.64.0.2:8080", Visitor, TcpFlags.Syn));
        Assert.NotEqual("203.0.113.1:8080", other.Source);
        Outcome itself = gateway.FromInside(Frames.Tcp(Web, Visitor, TcpFlags.Syn));
        Assert.Equal("203.0.113.1:8080", itself.Source);
    }

    [Fact]
    public void Mapping_outlives_its_sessions()
    {
        using Gateway gateway = Publishing();
        gateway.FromOutside(Frames.Tcp(Visitor, "203.0.113.1:8080", TcpFlags.Syn));
        gateway.Wait(240);
        Assert.Equal((0, 1), (gateway.Translator.SessionCount, gateway.Translator.MappingCount));
        Assert.True(gateway.FromOutside(Frames.Tcp(Visitor, "203.0.113.1:8080", TcpFlags.Syn)).Forwarded);
    }

    [Fact]
    public void Service_is_published_on_every_external_address_or_on_one()
    {
        IPv4Address second = IPv4Address.Parse("203.0.113.2");
        using Gateway gateway = new(options => options with
        {
            ExternalAddresses = [IPv4Address.Parse(Gateway.External), second],
            Published =
            [
                new PublishedService(IpProtocol.Tcp, 8080, Frames.At(Web)),
                new PublishedService(IpProtocol.Udp, 53, Frames.At("100.64.0.11:53"), second),
            ],
        });
        Assert.True(gateway.FromOutside(Frames.Tcp(Visitor, "203.0.113.1:8080", TcpFlags.Syn)).Forwarded);
        Assert.True(gateway.FromOutside(Frames.Tcp("198.51.100.7:4001", "203.0.113.2:8080", TcpFlags.Syn)).Forwarded);
        gateway.FromOutside(Frames.Udp(Visitor, "203.0.113.1:53")).MustDrop(DropReason.NoMapping);
        gateway.FromOutside(Frames.Udp(Visitor, "203.0.113.2:53"))
            .MustLeave(Realm.Internal, Visitor, "100.64.0.11:53");

        // Answers come from the address that was asked, on each.
        gateway.FromInside(Frames.Tcp(Web, Visitor, TcpFlags.Syn | TcpFlags.Ack))
            .MustLeave(Realm.External, "203.0.113.1:8080", Visitor);
        gateway.FromInside(Frames.Tcp(Web, "198.51.100.7:4001", TcpFlags.Syn | TcpFlags.Ack))
            .MustLeave(Realm.External, "203.0.113.2:8080", "198.51.100.7:4001");
        gateway.FromInside(Frames.Udp("100.64.0.11:53", Visitor))
            .MustLeave(Realm.External, "203.0.113.2:53", Visitor);
    }

    private static Gateway Publishing() => new(options => options with
    {
        Published = [new PublishedService(IpProtocol.Tcp, 8080, Frames.At(Web))],
    });
}
