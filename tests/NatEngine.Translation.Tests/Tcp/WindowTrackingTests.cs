using System;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Tcp;

public sealed class WindowTrackingTests
{
    [Fact]
    public void Data_up_to_the_window_passes_and_beyond_it_does_not()
    {
        using Gateway gateway = With(TcpWindowTracking.Strict);
        Segments talk = new Segments(gateway).Open(window: 1000);
        Assert.True(talk.In(TcpFlags.Ack, 1, 1, payload: 1000).Forwarded);
        Assert.True(talk.In(TcpFlags.Ack, 1001, 1).Forwarded);
        talk.In(TcpFlags.Ack, 1002, 1, payload: 1).MustDrop(DropReason.OutOfWindow);
        Assert.True(talk.Out(TcpFlags.Ack, 1, 1001, 1).Forwarded);
        Assert.True(talk.In(TcpFlags.Ack, 1002, 1, payload: 1).Forwarded);
    }

    [Fact]
    public void Acknowledgment_of_what_was_not_sent_is_refused()
    {
        using Gateway gateway = With(TcpWindowTracking.Strict);
        Segments talk = new Segments(gateway).Open();
        Assert.True(talk.Out(TcpFlags.Ack, 1, 1, payload: 10).Forwarded);
        gateway.Wait(100);
        talk.In(TcpFlags.Ack, 1, 12).MustDrop(DropReason.OutOfWindow);
        Assert.Equal(7340, talk.Remaining);
        Assert.True(talk.In(TcpFlags.Ack, 1, 11).Forwarded);
        Assert.Equal(7440, talk.Remaining);
    }

    [Theory]
    [InlineData(TcpWindowTracking.Liberal)]
    [InlineData(TcpWindowTracking.Off)]
    public void Nothing_but_a_reset_is_refused_by_the_liberal(TcpWindowTracking tracking)
    {
        using Gateway gateway = With(tracking);
        Segments talk = new Segments(gateway).Open(window: 1000);
        Assert.True(talk.In(TcpFlags.Ack, 500_000, 1, payload: 1).Forwarded);
        Assert.True(talk.In(TcpFlags.Ack, 1, 500_000).Forwarded);
        bool believed = talk.In(TcpFlags.Rst, 500_001).Forwarded;
        Assert.Equal(tracking == TcpWindowTracking.Off, believed);
    }

    [Theory] // RFC 7323 section 2.2: scaled if both offer it
    [InlineData(7, 7, 127_999, true)]
    [InlineData(7, 7, 128_002, false)]
    [InlineData(7, -1, 1_001, true)]
    [InlineData(7, -1, 1_002, false)]
    [InlineData(-1, 7, 1_002, false)]
    [InlineData(14, 0, 16_384_001, true)]
    [InlineData(15, 0, 16_384_002, false)] // section 2.3: no more than 14
    public void Window_is_scaled_as_both_ends_offered(int client, int server, uint sequence, bool passes)
    {
        using Gateway gateway = With(TcpWindowTracking.Strict);
        Segments talk = new Segments(gateway).Open(window: 1000, client, server);
        Assert.Equal(passes, talk.In(TcpFlags.Ack, sequence, 1, payload: 1).Forwarded);
    }

    [Fact] // generic segmentation offload: many segments, one header
    public void Super_frame_counts_whole()
    {
        using Gateway gateway = With(TcpWindowTracking.Strict);
        Segments talk = new Segments(gateway).Open(window: 2000, 7, 7);
        Assert.True(talk.Out(TcpFlags.Ack, 1, 1, 2000, payload: 65_000).Forwarded);
        talk.In(TcpFlags.Ack, 1, 65_002).MustDrop(DropReason.OutOfWindow);
        Assert.True(talk.In(TcpFlags.Ack, 1, 65_001).Forwarded);
    }

    [Fact] // its length is not in it; the acknowledgment of what follows must not be refused
    public void Fragment_may_belong_to_a_segment_as_long_as_the_window()
    {
        using Gateway gateway = With(TcpWindowTracking.Strict);
        Segments talk = new Segments(gateway).Open();
        byte[] first = Frames.AsFragment(
            Frames.Tcp(
                "100.64.0.2:4000", "198.51.100.7:80", TcpFlags.Ack, 0xFFFF_FC01, 0x7FFF_FE01, payload: 84),
            0, more: true);
        PacketFacts facts = Parsed(first);
        Verdict[] verdicts = new Verdict[1];
        gateway.Translator.Translate([facts], Realm.Internal, gateway.Now, verdicts);
        Assert.Equal(VerdictKind.Forward, verdicts[0].Kind);
        Assert.True(talk.In(TcpFlags.Ack, 1, 4001).Forwarded);
        talk.In(TcpFlags.Ack, 1, 65_537).MustDrop(DropReason.OutOfWindow);
    }

    [Fact] // nobody knows how its windows are scaled
    public void Connection_taken_up_in_the_middle_is_not_measured_but_for_resets()
    {
        using Gateway gateway = With(TcpWindowTracking.Strict);
        Segments talk = new(gateway);
        Assert.True(talk.Out(TcpFlags.Ack, 5000, 9000, 10).Forwarded);
        Assert.True(talk.In(TcpFlags.Ack, 9000, 5000, 10, payload: 5000).Forwarded);
        Assert.True(talk.In(TcpFlags.Ack, 14_000, 5000, 10, payload: 5000).Forwarded);
        Assert.True(talk.Out(TcpFlags.Ack, 5000, 19_000, 10).Forwarded);
        talk.In(TcpFlags.Rst, 18_999).MustDrop(DropReason.OutOfWindow);
        Assert.True(talk.In(TcpFlags.Rst, 19_001).Forwarded);
        Assert.Equal(TcpState.Established, talk.State);
        Assert.True(talk.In(TcpFlags.Rst, 19_000).Forwarded);
        Assert.Equal(TcpState.Close, talk.State);
    }

    [Fact]
    public void Simultaneous_open_is_measured()
    {
        using Gateway gateway = With(TcpWindowTracking.Strict);
        Segments talk = new(gateway);
        Assert.True(talk.Out(TcpFlags.Syn, 0, window: 1000, scale: 2).Forwarded);
        Assert.True(talk.In(TcpFlags.Syn, 0, window: 1000, scale: 2).Forwarded);
        Assert.True(talk.Out(Segments.SynAck, 0, 1, 1000, scale: 2).Forwarded);
        Assert.True(talk.In(Segments.SynAck, 0, 1, 1000, scale: 2).Forwarded);
        Assert.True(talk.Out(TcpFlags.Ack, 1, 1, 1000, payload: 1000).Forwarded);
        Assert.True(talk.In(TcpFlags.Ack, 1, 1001, 1000, payload: 4000).Forwarded);
        Assert.Equal(TcpState.Established, talk.State);
        talk.In(TcpFlags.Ack, 4002, 1001, payload: 1).MustDrop(DropReason.OutOfWindow);
    }

    [Fact] // RFC 9293 section 3.8.6.1
    public void Probe_of_a_closed_window_passes()
    {
        using Gateway gateway = With(TcpWindowTracking.Strict);
        Segments talk = new Segments(gateway).Open(window: 1000);
        Assert.True(talk.In(TcpFlags.Ack, 1, 1, payload: 1000).Forwarded);
        Assert.True(talk.Out(TcpFlags.Ack, 1, 1001, window: 0).Forwarded);
        Assert.True(talk.In(TcpFlags.Ack, 1001, 1, payload: 1).Forwarded);
        Assert.True(talk.Out(TcpFlags.Ack, 1, 1001, window: 0).Forwarded);
        talk.In(TcpFlags.Ack, 1003, 1, payload: 1).MustDrop(DropReason.OutOfWindow);
    }

    [Theory]
    [InlineData(TcpWindowTracking.Strict)]
    [InlineData(TcpWindowTracking.Liberal)]
    public void Session_is_held_shortly_once_both_fins_are_acknowledged(TcpWindowTracking tracking)
    {
        using Gateway gateway = new(options => options with
        {
            TcpWindows = tracking,
            Timers = new TimerOptions { TcpTimeWait = TimeSpan.FromSeconds(5) },
        });
        Segments talk = new Segments(gateway).Open();
        Assert.True(talk.Out(Segments.FinAck, 1, 1).Forwarded);
        Assert.True(talk.In(Segments.FinAck, 1, 1).Forwarded); // crossed: acknowledges no FIN
        Assert.True(talk.Out(TcpFlags.Ack, 2, 2).Forwarded);
        Assert.Equal((TcpState.LastAck, 240.0), (talk.State, talk.Remaining));
        Assert.True(talk.In(TcpFlags.Ack, 2, 1).Forwarded); // an old one
        Assert.Equal(TcpState.LastAck, talk.State);
        Assert.True(talk.In(TcpFlags.Ack, 2, 2).Forwarded);
        Assert.Equal((TcpState.TimeWait, 5.0), (talk.State, talk.Remaining));
        gateway.Wait(5);
        Assert.Equal(0, gateway.Translator.SessionCount);
    }

    [Fact] // RFC 9293 section 3.5.2: it acknowledges the SYN
    public void Refusal_of_an_opening_is_believed_if_it_acknowledges_it()
    {
        using Gateway gateway = With(TcpWindowTracking.Strict);
        Segments talk = new(gateway);
        Assert.True(talk.Out(TcpFlags.Syn, 0).Forwarded);
        Assert.True(talk.In(Segments.RstAck, 0, 77).Forwarded);
        Assert.True(talk.In(TcpFlags.Rst, 1).Forwarded);
        Assert.Equal(TcpState.SynSent, talk.State);
        Assert.True(talk.In(Segments.RstAck, 0, 1).Forwarded);
        Assert.Equal(TcpState.Close, talk.State);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_segment()
    {
        using Gateway gateway = With(TcpWindowTracking.Strict);
        _ = new Segments(gateway).Open();
        PacketFacts facts = Parsed(Frames.Tcp(
            "100.64.0.2:4000", "198.51.100.7:80", TcpFlags.Ack, 0xFFFF_FC01, 0x7FFF_FE01));
        Verdict[] verdicts = new Verdict[1];
        gateway.Translator.Translate([facts], Realm.Internal, gateway.Now, verdicts);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int count = 0; count < 10_000; count++)
        {
            gateway.Translator.Translate(new ReadOnlySpan<PacketFacts>(in facts), Realm.Internal, default, verdicts);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(VerdictKind.Forward, verdicts[0].Kind);
    }

    private static PacketFacts Parsed(byte[] frame)
    {
        Assert.Equal(DropReason.None, PacketParser.Parse(frame, out PacketFacts facts));
        return facts;
    }

    private static Gateway With(TcpWindowTracking tracking) => new(options => options with { TcpWindows = tracking });
}
