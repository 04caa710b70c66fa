using System;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

public sealed class TimerTests
{
    private const string Inside = "100.64.0.2:4000";
    private const string Resolver = "198.51.100.7:53";

    [Fact] // asked, answered and done
    public void Port_has_a_timer_of_its_own_once_answered()
    {
        using Gateway gateway = With(new TimerOptions
        {
            ByPort = [new PortTimer(IpProtocol.Udp, 53, TimeSpan.FromSeconds(10))],
        });
        gateway.FromInside(Frames.Udp(Inside, Resolver));
        Assert.Equal(120, gateway.OnlySession().Remaining.TotalSeconds);
        gateway.FromOutside(Frames.Udp(Resolver, "203.0.113.1:4000"));
        Assert.Equal(10, gateway.OnlySession().Remaining.TotalSeconds);
        gateway.Wait(9);
        gateway.FromInside(Frames.Udp(Inside, Resolver));
        Assert.Equal(10, gateway.OnlySession().Remaining.TotalSeconds);
        gateway.Wait(10);
        Assert.Equal(0, gateway.Translator.MappingCount);
    }

    [Fact]
    public void Connection_to_a_port_has_a_timer_of_its_own_once_open()
    {
        using Gateway gateway = With(new TimerOptions
        {
            ByPort =
            [
                new PortTimer(IpProtocol.Udp, 80, TimeSpan.FromSeconds(1)),
                new PortTimer(IpProtocol.Tcp, 80, TimeSpan.FromHours(10)),
            ],
        });
        Rfc.TcpTalk talk = new(gateway);
        talk.Out(TcpFlags.Syn);
        Assert.Equal(240, talk.Remaining);
        talk.In(TcpFlags.Syn | TcpFlags.Ack);
        talk.Out(TcpFlags.Ack);
        Assert.Equal(36_000, talk.Remaining);
        talk.Out(TcpFlags.Rst);
        Assert.Equal(240, talk.Remaining);
    }

    [Fact]
    public void Unanswered_sessions_live_shorter_as_the_table_fills_and_answered_ones_do_not()
    {
        using Gateway gateway = new(options => options with
        {
            MaxSessions = 100,
            Timers = new TimerOptions { ShortenWhenFull = true },
        });
        Assert.Equal(120, LifeOfNewSession(gateway, 1));
        gateway.FromOutside(Frames.Udp("198.51.100.7:1", "203.0.113.1:4000"));
        for (int port = 2; port <= 90; port++)
        {
            gateway.FromInside(Frames.Udp(Inside, $"198.51.100.7:{port}"));
        }

        gateway.Wait(0);
        Assert.Equal(66, LifeOfNewSession(gateway, 91)); // half way from 80 to 100 %: half way from 100 to 10 %
        Assert.Equal(91, gateway.Translator.SessionCount);
        gateway.FromInside(Frames.Udp(Inside, "198.51.100.7:1"));
        Assert.Equal(300, Life(gateway, 1));
        gateway.Wait(121);
        Assert.Equal(120, LifeOfNewSession(gateway, 92));
    }

    [Fact]
    public void Timers_do_not_depend_on_load_unless_told_to()
    {
        using Gateway gateway = new(options => options with { MaxSessions = 100 });
        for (int port = 1; port <= 99; port++)
        {
            gateway.FromInside(Frames.Udp(Inside, $"198.51.100.7:{port}"));
        }

        gateway.Wait(0);
        Assert.Equal(120, LifeOfNewSession(gateway, 100));
    }

    private static double LifeOfNewSession(Gateway gateway, int port)
    {
        Assert.True(gateway.FromInside(Frames.Udp(Inside, $"198.51.100.7:{port}")).Forwarded);
        return Life(gateway, port);
    }

    private static double Life(Gateway gateway, int port)
        => gateway.Sessions().Find(session => session.Original.Destination.Port == port).Remaining.TotalSeconds;

    private static Gateway With(TimerOptions timers) => new(options => options with { Timers = timers });
}
