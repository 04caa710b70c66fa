using System;
using System.Linq;
using System.Text;
using NatEngine.Host.Conntrack;
using NatEngine.Host.Control;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Conntrack;

public sealed class SessionConditionsTests
{
    private static readonly SessionSnapshot Web = new()
    {
        Original = Flow("100.64.0.2", 39372, "203.0.113.10", 80, IpProtocol.Tcp),
        Reply = Flow("203.0.113.10", 80, "203.0.113.1", 2000, IpProtocol.Tcp),
        State = TcpState.TimeWait,
    };

    private static readonly SessionSnapshot Ping = new()
    {
        Original = Flow("100.64.0.2", 80, "203.0.113.10", 0x800, IpProtocol.Icmp),
        Reply = Flow("203.0.113.10", 0x800, "203.0.113.1", 80, IpProtocol.Icmp),
    };

    [Theory]
    [InlineData("protonum=tcp")]
    [InlineData("protonum=6")]
    [InlineData("orig-src=100.64.0.2")]
    [InlineData("orig-src=100.64.0.0/16")]
    [InlineData("orig-dst=203.0.113.10")]
    [InlineData("reply-src=203.0.113.10")]
    [InlineData("reply-dst=203.0.113.1")]
    [InlineData("orig-port-src=39372")]
    [InlineData("orig-port-dst=80")]
    [InlineData("reply-port-src=80")]
    [InlineData("reply-port-dst=2000")]
    [InlineData("state=TIME_WAIT")]
    [InlineData("state=time_wait")]
    [InlineData("protonum=TCP orig-src=100.64.0.2 orig-port-dst=80")]
    public void A_session_that_meets_all_conditions_is_meant(string words) => Assert.True(Means(words, Web));

    [Theory]
    [InlineData("protonum=udp")]
    [InlineData("orig-src=100.64.0.3")]
    [InlineData("orig-src=203.0.113.10")]
    [InlineData("reply-dst=100.64.0.2")]
    [InlineData("orig-port-src=80")]
    [InlineData("reply-port-dst=39372")]
    [InlineData("state=ESTABLISHED")]
    [InlineData("orig-src=100.64.0.2 orig-port-dst=443")]
    public void One_that_fails_one_of_them_is_not(string words) => Assert.False(Means(words, Web));

    [Theory]
    [InlineData("orig-port-src=80")]
    [InlineData("reply-port-dst=80")]
    [InlineData("state=NONE")]
    public void A_ping_has_neither_ports_nor_a_state(string words) => Assert.False(Means(words, Ping));

    [Theory]
    [InlineData("")]
    [InlineData("protonum=ip")]
    [InlineData("protonum=0")]
    [InlineData("protonum=256")]
    [InlineData("orig-src=100.64.0.1/16")]
    [InlineData("orig-src=100.64.0")]
    [InlineData("orig-port-src=65536")]
    [InlineData("orig-port-src=-1")]
    [InlineData("state=OPEN")]
    [InlineData("mark=1")]
    [InlineData("orig-src")]
    [InlineData("=1")]
    [InlineData("orig-port-src=80 mark=1")]
    public void Refuses_what_is_no_condition(string words)
        => Assert.False(SessionConditions.TryRead(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), out _));

    [Fact]
    public void All_conditions_at_once_fit_a_request()
    {
        string[] values =
        [
            "udplite", .. Enumerable.Repeat("255.255.255.255/32", 4), .. Enumerable.Repeat("65535", 4), "ESTABLISHED",
        ];
        string request = "sessions delete " + string.Join(
            ' ', SessionConditions.All.Zip(values, (condition, value) => $"{condition.Name}={value}")) + '\n';

        Assert.Equal(SessionConditions.All.Count, values.Length);
        Assert.All(SessionConditions.All.Zip(values), each => Assert.NotNull(each.First.Read(each.Second)));
        Assert.InRange(Encoding.UTF8.GetByteCount(request), 1, ControlChannel.LongestRequest);
    }

    private static bool Means(string words, SessionSnapshot session)
    {
        Assert.True(SessionConditions.TryRead(words.Split(' '), out Predicate<SessionSnapshot> match));
        return match(session);
    }

    private static FlowTuple Flow(string source, ushort sourcePort, string to, ushort toPort, IpProtocol protocol)
        => new(
            new TransportAddress(IPv4Address.Parse(source), sourcePort),
            new TransportAddress(IPv4Address.Parse(to), toPort),
            protocol);
}
