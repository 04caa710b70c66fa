using System;
using System.Text;
using NatEngine.Host.Conntrack;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Conntrack;

/// <summary>The expected lines are what conntrack 1.4.7 printed of the kernel's own table, masquerading on Linux 6.18
/// with accounting on.</summary>
public sealed class ConntrackTextTests
{
    private static readonly SessionSnapshot Web = new()
    {
        Id = 566415512,
        Original = Flow("100.64.0.2:39372", "203.0.113.10:80", IpProtocol.Tcp),
        Reply = Flow("203.0.113.10:80", "203.0.113.1:39372", IpProtocol.Tcp),
        State = TcpState.TimeWait,
        Remaining = TimeSpan.FromSeconds(118.9),
        OriginalPackets = 6,
        OriginalOctets = 396,
        ReplyPackets = 6,
        ReplyOctets = 1399,
        SeenReply = true,
        Assured = true,
    };

    [Fact]
    public void Writes_a_connection()
        => Expect(
            "tcp      6 118 TIME_WAIT src=100.64.0.2 dst=203.0.113.10 sport=39372 dport=80 packets=6 bytes=396 "
            + "src=203.0.113.10 dst=203.0.113.1 sport=80 dport=39372 packets=6 bytes=1399 [ASSURED] mark=0 use=1",
            Web);

    [Fact]
    public void Writes_a_connection_that_nobody_has_answered()
        => Expect(
            "tcp      6 119 SYN_SENT src=100.64.0.2 dst=203.0.113.77 sport=58534 dport=9999 packets=1 bytes=60 "
            + "[UNREPLIED] src=203.0.113.77 dst=203.0.113.1 sport=9999 dport=58534 packets=0 bytes=0 mark=0 use=1",
            new SessionSnapshot
            {
                Original = Flow("100.64.0.2:58534", "203.0.113.77:9999", IpProtocol.Tcp),
                Reply = Flow("203.0.113.77:9999", "203.0.113.1:58534", IpProtocol.Tcp),
                State = TcpState.SynSent,
                Remaining = TimeSpan.FromSeconds(119),
                OriginalPackets = 1,
                OriginalOctets = 60,
            });

    [Fact]
    public void Writes_datagrams()
        => Expect(
            "udp      17 28 src=100.64.0.2 dst=203.0.113.10 sport=44710 dport=9999 packets=1 bytes=30 [UNREPLIED] "
            + "src=203.0.113.10 dst=203.0.113.1 sport=9999 dport=44710 packets=0 bytes=0 mark=0 use=1",
            new SessionSnapshot
            {
                Original = Flow("100.64.0.2:44710", "203.0.113.10:9999", IpProtocol.Udp),
                Reply = Flow("203.0.113.10:9999", "203.0.113.1:44710", IpProtocol.Udp),
                Remaining = TimeSpan.FromSeconds(28),
                OriginalPackets = 1,
                OriginalOctets = 30,
            });

    [Theory]
    [InlineData(IcmpType.EchoRequest, 0)]
    [InlineData(IcmpType.TimestampRequest, 14)]
    [InlineData(IcmpType.AddressMaskRequest, 18)]
    public void Writes_queries_with_the_type_of_the_answer_behind(IcmpType query, int answer)
    {
        // FlowTuple: the identifier on the side of who asks, type and code on the other.
        ushort asked = (ushort)((byte)query << 8);
        FlowTuple original = new(Address("100.64.0.2", 29321), Address("203.0.113.10", asked), IpProtocol.Icmp);
        FlowTuple translated = new(Address("203.0.113.1", 777), Address("203.0.113.10", asked), IpProtocol.Icmp);
        Expect(
            $"icmp     1 28 src=100.64.0.2 dst=203.0.113.10 type={(byte)query} code=0 id=29321 packets=1 bytes=84 "
            + $"src=203.0.113.10 dst=203.0.113.1 type={answer} code=0 id=777 packets=1 bytes=84 mark=0 use=1",
            new SessionSnapshot
            {
                Original = original,
                Reply = translated.Reply(),
                Remaining = TimeSpan.FromSeconds(28),
                OriginalPackets = 1,
                OriginalOctets = 84,
                ReplyPackets = 1,
                ReplyOctets = 84,
                SeenReply = true,
            });
    }

    [Fact]
    public void Writes_other_protocols_without_ports()
        => Expect(
            "gre      47 28 src=100.64.0.2 dst=203.0.113.10 packets=0 bytes=0 [UNREPLIED] src=203.0.113.10 "
            + "dst=203.0.113.1 packets=0 bytes=0 mark=0 use=1",
            new SessionSnapshot
            {
                Original = Flow("100.64.0.2:0", "203.0.113.10:0", IpProtocol.Gre),
                Reply = Flow("203.0.113.10:0", "203.0.113.1:0", IpProtocol.Gre),
                Remaining = TimeSpan.FromSeconds(28),
            });

    [Fact]
    public void Adds_the_network_protocol_and_the_number_when_asked_to()
    {
        string plain = Text(Web, ConntrackColumns.None);
        Assert.Equal("ipv4     2 " + plain, Text(Web, ConntrackColumns.NetworkProtocol));
        Assert.Equal(plain + " id=566415512", Text(Web, ConntrackColumns.Id));
    }

    [Theory]
    [InlineData(TcpState.None, "NONE")]
    [InlineData(TcpState.SynSent, "SYN_SENT")]
    [InlineData(TcpState.SynReceived, "SYN_RECV")]
    [InlineData(TcpState.Established, "ESTABLISHED")]
    [InlineData(TcpState.FinWait, "FIN_WAIT")]
    [InlineData(TcpState.CloseWait, "CLOSE_WAIT")]
    [InlineData(TcpState.LastAck, "LAST_ACK")]
    [InlineData(TcpState.TimeWait, "TIME_WAIT")]
    [InlineData(TcpState.Close, "CLOSE")]
    [InlineData(TcpState.SynSent2, "SYN_SENT2")]
    public void Names_states_as_the_kernel_does(TcpState state, string name)
        => Assert.StartsWith(
            $"tcp      6 118 {name} src=",
            Text(Web with { State = state }, ConntrackColumns.None),
            StringComparison.Ordinal);

    [Fact]
    public void A_session_past_its_time_shows_zero_seconds()
        => Assert.StartsWith(
            "tcp      6 0 ",
            Text(Web with { Remaining = TimeSpan.FromSeconds(-3) }, ConntrackColumns.None),
            StringComparison.Ordinal);

    [Fact]
    public void The_longest_line_fits()
    {
        FlowTuple longest = Flow("255.255.255.255:65535", "255.255.255.255:65535", IpProtocol.Udp);
        SessionSnapshot session = new()
        {
            Id = uint.MaxValue,
            Original = longest,
            Reply = longest,
            Remaining = TimeSpan.MaxValue,
            OriginalPackets = ulong.MaxValue,
            OriginalOctets = ulong.MaxValue,
            ReplyPackets = ulong.MaxValue,
            ReplyOctets = ulong.MaxValue,
            Assured = true,
        };
        string text = Text(session, ConntrackColumns.Id | ConntrackColumns.NetworkProtocol);
        Assert.EndsWith($"[ASSURED] mark=0 use=1 id={uint.MaxValue}", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 300, ConntrackText.LongestLine);
    }

    private static void Expect(string expected, SessionSnapshot session)
        => Assert.Equal(expected, Text(session, ConntrackColumns.None));

    private static string Text(SessionSnapshot session, ConntrackColumns columns)
    {
        Span<byte> line = new byte[ConntrackText.LongestLine];
        return Encoding.ASCII.GetString(line[..ConntrackText.Write(line, session, columns)]);
    }

    private static FlowTuple Flow(string source, string destination, IpProtocol protocol)
    {
        Assert.True(TransportAddress.TryParse(source, out TransportAddress from));
        Assert.True(TransportAddress.TryParse(destination, out TransportAddress to));
        return new FlowTuple(from, to, protocol);
    }

    private static TransportAddress Address(string address, ushort port) => new(IPv4Address.Parse(address), port);
}
