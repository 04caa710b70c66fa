using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Tcp;

/// <summary>The conntrack scenarios of the kernel's packetdrill selftests
/// (tools/testing/selftests/net/netfilter/packetdrill), through a NAT that tracks windows strictly. Named after their
/// files.</summary>
public sealed class PacketdrillTests
{
    [Fact] // what the receiver has long acknowledged comes again: the acknowledgments were lost behind us
    public void Ack_loss_stall_retransmission_of_acknowledged_data_passes()
    {
        using Gateway gateway = Strict();
        Segments talk = new Segments(gateway).Open();
        for (uint sent = 1; sent <= 65701; sent += 1460)
        {
            Assert.True(talk.Out(TcpFlags.Psh | TcpFlags.Ack, sent, 1, 257, 1460).Forwarded);
            Assert.True(talk.In(TcpFlags.Ack, 1, sent + 1460).Forwarded);
        }

        Assert.True(talk.Out(TcpFlags.Psh | TcpFlags.Ack, 1, 1, 257, 1460).Forwarded);
        Assert.True(talk.In(TcpFlags.Ack, 1, 67161).Forwarded);
    }

    [Fact]
    public void Inexact_rst_closes_what_has_seen_a_fin()
    {
        using Gateway gateway = Strict();
        Segments talk = new Segments(gateway).Open();
        Assert.True(talk.In(TcpFlags.Ack, 1, 1, payload: 3000).Forwarded);
        Assert.True(talk.Out(TcpFlags.Ack, 1, 3001).Forwarded);
        Assert.True(talk.Out(TcpFlags.Psh | TcpFlags.Ack, 1, 3001, payload: 1000).Forwarded);
        Assert.True(talk.In(Segments.FinAck, 3001, 1001).Forwarded);
        Assert.True(talk.Out(TcpFlags.Ack, 1001, 3002).Forwarded);
        Assert.Equal(TcpState.CloseWait, talk.State);
        Assert.True(talk.Out(Segments.RstAck, 1001, 3002).Forwarded);
        Assert.Equal(TcpState.Close, talk.State);
        Assert.True(talk.In(TcpFlags.Rst, 2001, window: 0).Forwarded); // from an end that is gone
        Assert.Equal(TcpState.Close, talk.State);
    }

    [Theory]
    [InlineData(TcpWindowTracking.Strict)]
    [InlineData(TcpWindowTracking.Liberal)]
    public void Rst_invalid_out_of_window_is_not_believed(TcpWindowTracking tracking)
    {
        using Gateway gateway = With(tracking);
        Segments talk = new Segments(gateway).Open();
        Assert.True(talk.In(TcpFlags.Ack, 1, 1, payload: 3000).Forwarded);
        Assert.True(talk.Out(TcpFlags.Ack, 1, 3001).Forwarded);
        foreach (uint sequence in new uint[] { 0, 1_000_000, 42 })
        {
            talk.In(TcpFlags.Rst, sequence, window: 0).MustDrop(DropReason.OutOfWindow);
            Assert.Equal(TcpState.Established, talk.State);
        }

        Assert.True(talk.Out(TcpFlags.Psh | TcpFlags.Ack, 1, 3001, payload: 1000).Forwarded);
        Assert.True(talk.In(TcpFlags.Ack, 3001, 1001).Forwarded);
        talk.In(Segments.RstAck, 3000, 1001, window: 0).MustDrop(DropReason.OutOfWindow);
        Assert.Equal((TcpState.Established, 7440.0), (talk.State, talk.Remaining));
        Assert.True(talk.In(Segments.RstAck, 3001, 1001, window: 0).Forwarded);
        Assert.Equal((TcpState.Close, 240.0), (talk.State, talk.Remaining));
    }

    [Fact] // the server thinks an old connection open; the opener's reset is about that one
    public void Syn_challenge_ack_all_packets_pass_and_the_connection_opens()
    {
        using Gateway gateway = Strict();
        Segments talk = new(gateway);
        Assert.True(talk.Out(TcpFlags.Syn, 0, scale: 8).Forwarded);
        Assert.True(talk.In(TcpFlags.Ack, 145824453, 643160523, 240).Forwarded);
        Assert.True(talk.Out(TcpFlags.Rst, 643160523, window: 0).Forwarded);
        Assert.Equal((TcpState.SynSent, false), (talk.State, gateway.OnlySession().SeenReply));
        Assert.True(talk.Out(TcpFlags.Syn, 0, scale: 8).Forwarded);
        Assert.True(talk.In(Segments.SynAck, 0, 1, 250, scale: 0).Forwarded);
        Assert.True(talk.Out(TcpFlags.Ack, 1, 1, 256).Forwarded);
        Assert.Equal((TcpState.Established, true), (talk.State, gateway.OnlySession().Assured));
    }

    [Fact]
    public void Synack_old_is_refused_and_the_right_one_is_not()
    {
        using Gateway gateway = Strict();
        Segments talk = new(gateway);
        Assert.True(talk.Out(TcpFlags.Syn, 0, scale: 8).Forwarded);
        talk.In(Segments.SynAck, 145824453, 643160523, 240, scale: 0).MustDrop(DropReason.OutOfWindow);
        Assert.True(talk.Out(TcpFlags.Syn, 0, scale: 8).Forwarded);
        Assert.Equal((TcpState.SynSent, false), (talk.State, gateway.OnlySession().SeenReply));
        Assert.True(talk.In(Segments.SynAck, 145758918, 1, 250, scale: 0).Forwarded);
        Assert.True(talk.Out(TcpFlags.Psh | TcpFlags.Ack, 1, 145758919, 256, payload: 1).Forwarded);
        Assert.Equal((TcpState.Established, true), (talk.State, gateway.OnlySession().Assured));
    }

    [Fact] // a new SYN within the old connection: challenged, the old one reset, then a new one
    public void Synack_reuse_challenge_passes_and_the_reset_makes_room()
    {
        using Gateway gateway = Strict();
        Segments talk = new Segments(gateway).Open();
        Assert.True(talk.Out(TcpFlags.Psh | TcpFlags.Ack, 1, 1, 257, 100).Forwarded);
        Assert.True(talk.In(TcpFlags.Ack, 1, 101, 256).Forwarded);
        Assert.True(talk.Out(TcpFlags.Syn, 2000, window: 32792, scale: 7).Forwarded);
        Assert.True(talk.In(TcpFlags.Ack, 1, 101, 256).Forwarded);
        Assert.Equal(TcpState.Established, talk.State);
        Assert.True(talk.Out(TcpFlags.Rst, 101, window: 257).Forwarded);
        Assert.Equal(TcpState.Close, talk.State);
        Assert.True(talk.Out(TcpFlags.Syn, 2000, window: 32792, scale: 0).Forwarded);
        Assert.True(talk.In(Segments.SynAck, 7_000_000, 2001).Forwarded);
        Assert.Equal(TcpState.SynReceived, talk.State);
    }

    private static Gateway Strict() => With(TcpWindowTracking.Strict);

    private static Gateway With(TcpWindowTracking tracking) => new(options => options with { TcpWindows = tracking });
}
