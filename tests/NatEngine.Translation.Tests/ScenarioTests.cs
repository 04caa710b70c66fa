using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

/// <summary>Scenarios of other NATs' tests that no requirement of an RFC names. Which are where stands in
/// docs/rfc-compliance.md.</summary>
public sealed class ScenarioTests
{
    private const string Server = "198.51.100.7:53";

    [Theory] // nft_nat.sh, port shadowing: nf_conntrack remembers the stranger and gives the host another port
    [InlineData(true)]
    [InlineData(false)]
    public void Stranger_takes_no_port_by_sending_to_it(bool overload)
    {
        using Gateway gateway = new(options => options with
        {
            Behavior = overload ? TranslationBehavior.Netfilter : new TranslationBehavior(),
        });
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000")).MustDrop(DropReason.NoMapping);
        Assert.Equal(0, gateway.Translator.SessionCount);
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server))
            .MustLeave(Realm.External, "203.0.113.1:4000", Server);
    }

    [Fact] // nft_nat.sh, port shadowing: a host inside sends from the port of its neighbour's published service
    public void Host_inside_does_not_shadow_a_published_service()
    {
        using Gateway gateway = new(options => options with
        {
            Published = [new(IpProtocol.Udp, 5000, Frames.At("100.64.0.9:5000"))],
        });
        Outcome outcome = gateway.FromInside(Frames.Udp("100.64.0.2:5000", Server));
        Assert.NotEqual(5000, outcome.Tuple.Source.Port);
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:5000"))
            .MustLeave(Realm.Internal, Server, "100.64.0.9:5000");
    }

    [Fact] // test_nat44_ed.py, test_half_reopen_inside: a SYN of one end alone does not bring a closed connection back
    public void Closed_connection_is_not_open_again_until_both_ends_say_so()
    {
        const string Host = "100.64.0.2:4000";
        const string Mapped = "203.0.113.1:4000";
        using Gateway gateway = new();
        gateway.FromInside(Frames.Tcp(Host, Server, TcpFlags.Syn));
        gateway.FromOutside(Frames.Tcp(Server, Mapped, TcpFlags.Syn | TcpFlags.Ack));
        gateway.FromInside(Frames.Tcp(Host, Server, TcpFlags.Ack));
        gateway.FromInside(Frames.Tcp(Host, Server, TcpFlags.Fin | TcpFlags.Ack, sequence: 2));
        gateway.FromOutside(Frames.Tcp(Server, Mapped, TcpFlags.Fin | TcpFlags.Ack, sequence: 2, acknowledgment: 3));
        gateway.FromInside(Frames.Tcp(Host, Server, TcpFlags.Ack, sequence: 3, acknowledgment: 3));
        Assert.True(gateway.FromInside(Frames.Tcp(Host, Server, TcpFlags.Syn, sequence: 9000)).Forwarded);
        gateway.Wait(240);
        Assert.Equal(0, gateway.Translator.SessionCount);
    }
}
