using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Rfc;

/// <summary>RFC 5382, NAT behavioral requirements for TCP, requirement by requirement.</summary>
public sealed class Rfc5382Tests
{
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;

    [Fact]
    public void Req1_mapping_is_endpoint_independent()
    {
        using Gateway gateway = new();
        Outcome first = gateway.FromInside(Frames.Tcp(TcpTalk.Client, TcpTalk.Server, TcpFlags.Syn));
        Outcome second = gateway.FromInside(Frames.Tcp(TcpTalk.Client, "198.51.100.9:443", TcpFlags.Syn));
        Assert.Equal(first.Source, second.Source);
        Assert.Equal(1, gateway.Translator.MappingCount);
    }

    [Fact]
    public void Req2_three_way_handshake_opens()
    {
        using Gateway gateway = new();
        TcpTalk talk = new(gateway);
        talk.Out(TcpFlags.Syn);
        Assert.Equal(TcpState.SynSent, talk.State);
        talk.In(SynAck);
        Assert.Equal(TcpState.SynReceived, talk.State);
        talk.Out(TcpFlags.Ack);
        Assert.Equal(TcpState.Established, talk.State);
        Assert.True(gateway.OnlySession().Assured);
    }

    [Fact]
    public void Req2a_simultaneous_open_opens()
    {
        using Gateway gateway = new();
        TcpTalk talk = new(gateway);
        talk.Out(TcpFlags.Syn);
        talk.In(TcpFlags.Syn).MustLeave(Realm.Internal, TcpTalk.Server, TcpTalk.Client);
        Assert.Equal(TcpState.SynSent2, talk.State);
        talk.Out(SynAck).MustLeave(Realm.External, TcpTalk.Shown, TcpTalk.Server);
        talk.In(SynAck).MustLeave(Realm.Internal, TcpTalk.Server, TcpTalk.Client);
        talk.In(TcpFlags.Syn).MustLeave(Realm.Internal, TcpTalk.Server, TcpTalk.Client); // repeated
        talk.Out(TcpFlags.Ack);
        Assert.Equal(TcpState.Established, talk.State);
    }

    [Fact]
    public void Req2_repeated_and_crossing_segments_get_through()
    {
        using Gateway gateway = new();
        TcpTalk talk = new TcpTalk(gateway).Open();
        foreach (TcpFlags flags in new[] { TcpFlags.Syn, SynAck, TcpFlags.Ack, TcpFlags.Ack | TcpFlags.Psh })
        {
            Assert.True(talk.Out(flags).Forwarded, flags.ToString());
            Assert.True(talk.In(flags).Forwarded, flags.ToString());
            Assert.Equal(TcpState.Established, talk.State);
        }
    }

    [Fact]
    public void Req3_stranger_is_refused()
    {
        using Gateway gateway = new();
        _ = new TcpTalk(gateway).Open();
        gateway.FromOutside(Frames.Tcp("198.51.100.7:81", TcpTalk.Shown, TcpFlags.Syn)).MustDrop(DropReason.Filtered);
        gateway.FromOutside(Frames.Tcp("198.51.100.8:80", TcpTalk.Shown, SynAck)).MustDrop(DropReason.Filtered);
        gateway.FromOutside(Frames.Tcp(TcpTalk.Server, "203.0.113.1:4001", TcpFlags.Syn))
            .MustDrop(DropReason.NoMapping);
    }

    [Fact]
    public void Req5_idle_open_connection_lives_two_hours_and_four_minutes()
    {
        using Gateway gateway = new();
        TcpTalk talk = new TcpTalk(gateway).Open();
        gateway.Wait(7439.999);
        talk.In(TcpFlags.Ack).MustLeave(Realm.Internal, TcpTalk.Server, TcpTalk.Client);
        gateway.Wait(7440);
        Assert.Equal(0, gateway.Translator.SessionCount);
    }

    [Fact]
    public void Req5_half_open_connection_lives_four_minutes()
    {
        using Gateway gateway = new();
        TcpTalk talk = new(gateway);
        talk.Out(TcpFlags.Syn);
        Assert.Equal(240, talk.Remaining);
        talk.In(SynAck);
        Assert.Equal(240, talk.Remaining);
        gateway.Wait(240);
        Assert.Equal(0, gateway.Translator.MappingCount);
    }

    [Fact] // RFC 6146: the other end may have two hours' worth to say yet
    public void Req5_connection_closed_by_one_end_lives_as_long_as_an_open_one()
    {
        using Gateway gateway = new();
        TcpTalk talk = new TcpTalk(gateway).Open();
        talk.Out(TcpFlags.Fin | TcpFlags.Ack);
        Assert.Equal((TcpState.FinWait, 7440.0), (talk.State, talk.Remaining));
        talk.In(TcpFlags.Ack);
        Assert.Equal((TcpState.CloseWait, 7440.0), (talk.State, talk.Remaining));
        talk.Out(TcpFlags.Fin | TcpFlags.Ack); // repeated: still one end only
        Assert.Equal(7440.0, talk.Remaining);
    }

    [Fact]
    public void Req5_connection_closed_by_both_ends_lives_four_minutes()
    {
        using Gateway gateway = new();
        TcpTalk talk = new TcpTalk(gateway).Open();
        talk.In(TcpFlags.Fin | TcpFlags.Ack);
        talk.Out(TcpFlags.Ack);
        talk.Out(TcpFlags.Fin | TcpFlags.Ack);
        Assert.Equal((TcpState.LastAck, 240.0), (talk.State, talk.Remaining));
        talk.In(TcpFlags.Ack);
        Assert.Equal((TcpState.TimeWait, 240.0), (talk.State, talk.Remaining));
        gateway.Wait(240);
        Assert.Equal(0, gateway.Translator.SessionCount);
    }

    [Fact]
    public void Req7_no_two_internal_endpoints_share_an_external_port()
    {
        using Gateway gateway = new();
        System.Collections.Generic.HashSet<string> seen = [];
        for (int host = 1; host < 250; host++)
        {
            string server = $"198.51.100.{host}:80";
            Outcome outcome = gateway.FromInside(Frames.Tcp($"100.64.0.{host}:4000", server, TcpFlags.Syn));
            Assert.True(seen.Add(outcome.Source), outcome.Source);
        }
    }

    [Fact]
    public void Req8_hairpinned_connection_shows_the_external_source()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Tcp("100.64.0.3:5000", TcpTalk.Server, TcpFlags.Syn));
        gateway.FromInside(Frames.Tcp(TcpTalk.Client, "203.0.113.1:5000", TcpFlags.Syn))
            .MustLeave(Realm.Internal, TcpTalk.Shown, "100.64.0.3:5000");
        gateway.FromInside(Frames.Tcp("100.64.0.3:5000", TcpTalk.Shown, SynAck))
            .MustLeave(Realm.Internal, "203.0.113.1:5000", TcpTalk.Client);
    }

    [Fact]
    public void Req10_icmp_error_ends_and_refreshes_nothing()
    {
        using Gateway gateway = new();
        TcpTalk talk = new(gateway);
        Outcome sent = talk.Out(TcpFlags.Syn);
        gateway.Wait(100);
        gateway.FromOutside(Frames.Error("198.51.100.7", "203.0.113.1", sent.Frame!))
            .MustLeave(Realm.Internal, TcpTalk.Server, TcpTalk.Client);
        Assert.Equal((TcpState.SynSent, 140.0), (talk.State, talk.Remaining));
    }
}
