using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Rfc;

/// <summary>RFC 7857, updates to the requirements, section by section.</summary>
public sealed class Rfc7857Tests
{
    private const TcpFlags FinAck = TcpFlags.Fin | TcpFlags.Ack;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Section2_2_reset_is_translated_and_the_session_kept_for_four_minutes(bool fromInside)
    {
        using Gateway gateway = new();
        TcpTalk talk = new TcpTalk(gateway).Open();
        Outcome reset = fromInside ? talk.Out(TcpFlags.Rst) : talk.In(TcpFlags.Rst | TcpFlags.Ack);
        Assert.True(reset.Forwarded);
        Assert.Equal((TcpState.Close, 240.0), (talk.State, talk.Remaining));
        gateway.Wait(239.999);
        Assert.Equal(1, gateway.Translator.SessionCount);
        gateway.Wait(0.001);
        Assert.Equal(0, gateway.Translator.SessionCount);
    }

    [Fact] // a reset nobody believed: the ends go on, and so does the session while they do
    public void Section2_2_connection_that_goes_on_after_a_reset_is_kept()
    {
        using Gateway gateway = new();
        TcpTalk talk = new TcpTalk(gateway).Open();
        talk.In(TcpFlags.Rst);
        for (int minute = 0; minute < 30; minute++)
        {
            gateway.Wait(60);
            Assert.True(talk.Out(TcpFlags.Ack).Forwarded);
        }
    }

    [Fact]
    public void Section6_reset_does_not_refresh()
    {
        using Gateway gateway = new();
        TcpTalk talk = new(gateway);
        talk.Out(TcpFlags.Syn);
        gateway.Wait(200);
        talk.Out(TcpFlags.Rst);
        Assert.Equal(40, talk.Remaining);
    }

    [Fact]
    public void Section2_reopening_by_the_opener_starts_over()
    {
        using Gateway gateway = new();
        TcpTalk talk = new TcpTalk(gateway).Open();
        talk.Out(FinAck);
        talk.In(FinAck);
        talk.Out(TcpFlags.Ack);
        Assert.Equal(TcpState.TimeWait, talk.State);
        talk.Out(TcpFlags.Syn).MustLeave(Realm.External, TcpTalk.Shown, TcpTalk.Server);
        Assert.Equal((TcpState.SynSent, false), (talk.State, gateway.OnlySession().SeenReply));
        talk.In(TcpFlags.Syn | TcpFlags.Ack);
        talk.Out(TcpFlags.Ack);
        Assert.Equal((TcpState.Established, 7440.0), (talk.State, talk.Remaining));
    }

    [Fact] // NEW is a property of a connection: the outside opens none on the remains of ours
    public void Section2_reopening_from_outside_is_refused()
    {
        using Gateway gateway = new();
        TcpTalk talk = new TcpTalk(gateway).Open();
        talk.Out(TcpFlags.Rst);
        talk.In(TcpFlags.Syn).MustDrop(DropReason.InvalidTcpState);
        talk.Out(TcpFlags.Syn).MustLeave(Realm.External, TcpTalk.Shown, TcpTalk.Server);
    }

    [Theory]
    [InlineData(TcpFlags.None)]
    [InlineData(TcpFlags.Psh | TcpFlags.Urg)]
    [InlineData(TcpFlags.Syn | TcpFlags.Fin)]
    [InlineData(TcpFlags.Syn | TcpFlags.Rst)]
    [InlineData(TcpFlags.Fin | TcpFlags.Rst | TcpFlags.Ack)]
    [InlineData(TcpFlags.Fin)]
    public void Section2_impossible_segment_changes_nothing(TcpFlags flags)
    {
        using Gateway gateway = new();
        TcpTalk talk = new TcpTalk(gateway).Open();
        gateway.Wait(100);
        talk.Out(flags).MustDrop(DropReason.InvalidTcpState);
        talk.In(flags).MustDrop(DropReason.InvalidTcpState);
        Assert.Equal((TcpState.Established, 7340.0), (talk.State, talk.Remaining));
    }

    [Fact]
    public void Section2_segment_before_the_answer_is_out_of_state()
    {
        using Gateway gateway = new();
        TcpTalk talk = new(gateway);
        talk.Out(TcpFlags.Syn);
        talk.Out(TcpFlags.Ack).MustDrop(DropReason.InvalidTcpState);
        talk.Out(TcpFlags.Syn | TcpFlags.Ack).MustDrop(DropReason.InvalidTcpState);
        talk.In(FinAck).MustDrop(DropReason.InvalidTcpState);
        Assert.Equal(TcpState.SynSent, talk.State);
    }

    [Fact] // RFC 9293 section 3.10.7.4: the server thinks an old connection open and says so
    public void Section2_challenge_of_an_opening_gets_through()
    {
        using Gateway gateway = new();
        TcpTalk talk = new(gateway);
        talk.Out(TcpFlags.Syn);
        talk.In(TcpFlags.Ack).MustLeave(Realm.Internal, TcpTalk.Server, TcpTalk.Client);
        talk.Out(TcpFlags.Rst).MustLeave(Realm.External, TcpTalk.Shown, TcpTalk.Server);
        talk.Out(TcpFlags.Syn).MustLeave(Realm.External, TcpTalk.Shown, TcpTalk.Server);
    }
}
