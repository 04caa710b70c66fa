using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Rfc;

/// <summary>RFC 5508, NAT behavioral requirements for ICMP, requirement by requirement.</summary>
public sealed class Rfc5508Tests
{
    private const string Host = "100.64.0.2";
    private const string Server = "198.51.100.7";

    [Fact]
    public void Req1_query_and_answer_pass()
    {
        using Gateway gateway = new();
        Outcome sent = gateway.FromInside(Frames.EchoRequest(Host, Server, 77));
        Assert.Equal("203.0.113.1:77", sent.Source);
        Outcome answer = gateway.FromOutside(Frames.EchoReply(Server, "203.0.113.1", 77));
        Assert.Equal("100.64.0.2:77", answer.Destination);
        Assert.True(gateway.OnlySession().SeenReply);
    }

    [Fact]
    public void Req1a_identifier_is_independent_of_the_host_that_is_asked()
    {
        using Gateway gateway = new();
        Outcome taken = gateway.FromInside(Frames.EchoRequest("100.64.0.9", Server, 77));
        Outcome first = gateway.FromInside(Frames.EchoRequest(Host, Server, 77));
        Outcome second = gateway.FromInside(Frames.EchoRequest(Host, "198.51.100.8", 77));
        Assert.NotEqual(taken.Source, first.Source);
        Assert.Equal(first.Source, second.Source);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65535)]
    public void Req1_every_identifier_can_be_used(ushort identifier)
    {
        using Gateway gateway = new();
        Outcome sent = gateway.FromInside(Frames.EchoRequest(Host, Server, identifier));
        Assert.Equal(identifier, sent.Tuple.Source.Port);
        Outcome answer = gateway.FromOutside(Frames.EchoReply(Server, "203.0.113.1", identifier));
        Assert.Equal($"{Host}:{identifier}", answer.Destination);
    }

    [Theory] // timestamp and address mask
    [InlineData(13, 14)]
    [InlineData(17, 18)]
    public void Req10b_other_queries_pass(byte request, byte reply)
    {
        using Gateway gateway = new();
        Outcome sent = gateway.FromInside(Frames.Icmp(Host, Server, request, 0, 5));
        Assert.Equal("203.0.113.1:5", sent.Source);
        Assert.True(gateway.FromOutside(Frames.Icmp(Server, "203.0.113.1", reply, 0, 5)).Forwarded);
        gateway.FromOutside(Frames.EchoReply(Server, "203.0.113.1", 5)).MustDrop(DropReason.Filtered);
    }

    [Fact]
    public void Req2_query_session_lives_a_minute()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.EchoRequest(Host, Server, 77));
        gateway.Wait(59.999);
        Assert.Equal(1, gateway.Translator.SessionCount);
        gateway.Wait(0.001);
        gateway.FromOutside(Frames.EchoReply(Server, "203.0.113.1", 77)).MustDrop(DropReason.NoMapping);
    }

    [Fact]
    public void Req4_error_about_a_query_finds_its_way()
    {
        using Gateway gateway = new();
        Outcome sent = gateway.FromInside(Frames.EchoRequest(Host, Server, 77));
        Outcome error = gateway.FromOutside(Frames.Error("198.18.0.1", "203.0.113.1", sent.Frame!, 11, 0));
        Assert.True(error.Forwarded);
        Assert.Equal("100.64.0.2:77", error.Destination);
    }

    [Fact]
    public void Req4_error_about_nothing_of_ours_is_dropped()
    {
        using Gateway gateway = new();
        byte[] never = Frames.Udp("203.0.113.1:4000", "198.51.100.7:53");
        gateway.FromOutside(Frames.Error(Server, "203.0.113.1", never)).MustDrop(DropReason.UnrelatedIcmpError);
    }

    [Fact]
    public void Req5_error_from_inside_finds_its_way()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", "198.51.100.7:53"));
        Outcome received = gateway.FromOutside(Frames.Udp("198.51.100.7:53", "203.0.113.1:4000"));
        gateway.FromInside(Frames.Error(Host, Server, received.Frame!))
            .MustLeave(Realm.External, "203.0.113.1:4000", "198.51.100.7:53");
    }

    [Fact] // somebody outside sends what only the inside can know
    public void Req4_error_from_the_wrong_side_is_dropped()
    {
        using Gateway gateway = new();
        byte[] sent = Frames.Udp("100.64.0.2:4000", "198.51.100.7:53");
        Outcome received = gateway.FromInside(sent);
        gateway.FromInside(Frames.Error("100.64.0.9", Host, received.Frame!)).MustDrop(DropReason.Filtered);
    }

    [Fact]
    public void Req6_error_neither_refreshes_nor_ends()
    {
        using Gateway gateway = new();
        Outcome sent = gateway.FromInside(Frames.EchoRequest(Host, Server, 77));
        gateway.Wait(30);
        Assert.True(gateway.FromOutside(Frames.Error(Server, "203.0.113.1", sent.Frame!)).Forwarded);
        Assert.Equal(30, gateway.OnlySession().Remaining.TotalSeconds);
    }

    [Fact]
    public void Req7_error_about_a_hairpinned_packet_finds_its_way()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp("100.64.0.3:5000", "198.51.100.7:53"));
        Outcome received = gateway.FromInside(Frames.Udp("100.64.0.2:4000", "203.0.113.1:5000"));
        gateway.FromInside(Frames.Error("100.64.0.3", "203.0.113.1", received.Frame!))
            .MustLeave(Realm.Internal, "203.0.113.1:5000", "100.64.0.2:4000");
    }

    [Fact] // the pipeline answers for addresses of ours; a mapping is not asked
    public void Req10_query_from_outside_reaches_nobody()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.EchoRequest(Host, Server, 2048)); // the number that stands for "echo request"
        gateway.FromOutside(Frames.EchoRequest(Server, "203.0.113.1", 9)).MustDrop(DropReason.NoMapping);
        gateway.FromInside(Frames.EchoRequest(Host, "203.0.113.1", 9)).MustDrop(DropReason.NoMapping);
    }

    [Fact]
    public void Req11_other_messages_are_dropped()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Icmp(Host, Server, (byte)IcmpType.Redirect, 0, 0))
            .MustDrop(DropReason.UnsupportedIcmp);
    }
}
