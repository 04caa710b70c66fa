using System;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

/// <summary>The kernel's choice of ports, case by case of get_unique_tuple in net/netfilter/nf_nat_core.c.</summary>
public sealed class NetfilterTests
{
    private const string Host = "100.64.0.2:4000";
    private const string Neighbour = "100.64.0.3:4000";
    private const string First = "198.51.100.7:53";
    private const string Second = "198.51.100.8:53";

    [Fact]
    public void A_port_that_is_free_towards_the_remote_endpoint_is_preserved()
    {
        using Gateway gateway = Kernel();
        Assert.Equal("203.0.113.1:4000", SourceOf(gateway, Host, First));
        Assert.Equal("203.0.113.1:4000", SourceOf(gateway, Neighbour, Second));
        Assert.Equal("203.0.113.1:4000", SourceOf(gateway, Host, "198.51.100.9:53"));
    }

    [Fact] // find_appropriate_src: 4000 is free towards the second, too, and yet the changed port is kept
    public void An_internal_end_that_was_given_another_port_keeps_it_towards_others()
    {
        using Gateway gateway = Kernel();
        _ = SourceOf(gateway, Host, First);
        string changed = SourceOf(gateway, Neighbour, First);
        Assert.NotEqual("203.0.113.1:4000", changed);
        Assert.Equal(changed, SourceOf(gateway, Neighbour, Second));
        Assert.Equal(changed, SourceOf(gateway, Neighbour, "198.51.100.8:54"));
        gateway.FromOutside(Frames.Udp(Second, changed)).MustLeave(Realm.Internal, Second, Neighbour);
    }

    [Fact] // and when that one is taken there, the internal end's own port comes next
    public void The_port_of_the_last_session_is_not_taken_from_another()
    {
        using Gateway gateway = Kernel();
        _ = SourceOf(gateway, Host, First);
        string changed = SourceOf(gateway, Neighbour, First);
        Assert.Equal(changed, SourceOf(gateway, $"100.64.0.9:{Frames.At(changed).Port}", Second));
        Assert.Equal("203.0.113.1:4000", SourceOf(gateway, Neighbour, Second));
    }

    [Fact]
    public void Nothing_is_kept_when_the_last_session_has_ended()
    {
        using Gateway gateway = Kernel();
        _ = SourceOf(gateway, Host, First);
        _ = SourceOf(gateway, Neighbour, First);
        gateway.Wait(31);
        Assert.Empty(gateway.Sessions());
        Assert.Equal("203.0.113.1:4000", SourceOf(gateway, Neighbour, Second));
    }

    [Fact]
    public void Protocols_have_nothing_to_do_with_each_other()
    {
        using Gateway gateway = Kernel();
        _ = SourceOf(gateway, Host, First);
        _ = SourceOf(gateway, Neighbour, First);
        gateway.FromInside(Frames.Tcp(Neighbour, First, TcpFlags.Syn))
            .MustLeave(Realm.External, "203.0.113.1:4000", First);
    }

    // More sessions to one remote endpoint than are looked up one by one.
    [Fact]
    public void A_remote_endpoint_with_many_sessions_is_no_exception()
    {
        using Gateway gateway = Kernel();
        for (int host = 1; host <= 600; host++)
        {
            Assert.StartsWith(
                "203.0.113.1:", SourceOf(gateway, $"100.64.{host / 250}.{1 + (host % 250)}:4000", First),
                StringComparison.Ordinal);
        }

        string changed = SourceOf(gateway, "100.64.9.9:4000", First);
        Assert.Equal(changed, SourceOf(gateway, "100.64.9.9:4000", Second));
        _ = SourceOf(gateway, "100.64.9.8:4000", Second);
        Assert.NotEqual(changed, SourceOf(gateway, "100.64.9.8:4000", First));
    }

    [Theory] // net.netfilter.nf_conntrack_udp_timeout, _udp_timeout_stream and _icmp_timeout
    [InlineData(false, 30)]
    [InlineData(true, 120)]
    public void Udp_lives_as_long_as_in_the_kernel(bool answered, int seconds)
    {
        using Gateway gateway = Kernel();
        string source = SourceOf(gateway, Host, First);
        if (answered)
        {
            gateway.FromOutside(Frames.Udp(First, source)).MustLeave(Realm.Internal, First, Host);
        }

        gateway.Wait(seconds - 0.001);
        Assert.Single(gateway.Sessions());
        gateway.Wait(0.001);
        Assert.Empty(gateway.Sessions());
    }

    private static Gateway Kernel() => new(options => options with
    {
        Behavior = TranslationBehavior.Netfilter,
        Timers = TimerOptions.Netfilter,
    });

    private static string SourceOf(Gateway gateway, string host, string server)
        => gateway.FromInside(Frames.Udp(host, server)).Source;
}
