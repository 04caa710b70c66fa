using System;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Policy;

/// <summary>Conditions whose answer depends on what they were asked before.</summary>
public sealed class CountingTests
{
    private const string Server = "198.51.100.7:80";
    private const string AtMostTwo = "-A FORWARD -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN "
        + "-m connlimit --connlimit-above 2 --connlimit-mask 32 --connlimit-saddr -j DROP";

    [Fact]
    public void Counts_the_live_sessions_of_an_address()
    {
        using Gateway gateway = Ruled.Gateway("", AtMostTwo);
        Assert.Equal(DropReason.None, Open(gateway, "100.64.0.5:1001"));
        Assert.Equal(DropReason.None, Open(gateway, "100.64.0.5:1002"));
        Assert.Equal(DropReason.RuleDropped, Open(gateway, "100.64.0.5:1003"));
        Assert.Equal(DropReason.None, Open(gateway, "100.64.0.5:1002")); // again, not another
        Assert.Equal(DropReason.None, Open(gateway, "100.64.0.6:1003"));
        Assert.True(gateway.Translator.Delete(new FlowTuple(
            Frames.At("100.64.0.5:1001"), Frames.At(Server), IpProtocol.Tcp)));
        Assert.Equal(DropReason.None, Open(gateway, "100.64.0.5:1003"));
        Assert.Equal(DropReason.RuleDropped, Open(gateway, "100.64.0.5:1001"));
    }

    [Fact] // nf_conncount.c, already_closed
    public void Does_not_count_a_connection_that_is_over()
    {
        using Gateway gateway = Ruled.Gateway("", AtMostTwo);
        Assert.Equal(DropReason.None, Open(gateway, "100.64.0.5:1001"));
        Assert.Equal(DropReason.None, Open(gateway, "100.64.0.5:1002"));
        gateway.FromOutside(Frames.Tcp(Server, "100.64.0.5:1002", TcpFlags.Rst | TcpFlags.Ack));
        Assert.Equal(DropReason.None, Open(gateway, "100.64.0.5:1003"));
    }

    [Theory]
    [InlineData("--connlimit-upto 1 --connlimit-mask 24 --connlimit-saddr -j ACCEPT", "100.64.0.6:1", false)]
    [InlineData("--connlimit-upto 1 --connlimit-mask 24 --connlimit-saddr -j ACCEPT", "100.64.1.6:1", true)]
    [InlineData("--connlimit-upto 1 --connlimit-mask 32 --connlimit-daddr -j ACCEPT", "100.64.1.6:1", false)]
    [InlineData("--connlimit-upto 2 --connlimit-mask 0 --connlimit-daddr -j ACCEPT", "100.64.1.6:1", true)]
    public void Groups_addresses_as_the_rule_says(string words, string second, bool passes)
    {
        using Gateway gateway = Ruled.Gateway("", $":FORWARD DROP [0:0]\n-A FORWARD -m connlimit {words}");
        Assert.Equal(DropReason.None, Open(gateway, "100.64.0.5:1"));
        Assert.Equal(passes ? DropReason.None : DropReason.RuleDropped, Open(gateway, second));
    }

    [Fact]
    public void Counts_without_allocating_and_forgets_whom_nobody_asks_for()
    {
        using Gateway gateway = Ruled.Gateway("", AtMostTwo);
        Assert.Equal(DropReason.None, Open(gateway, "100.64.9.9:1"));
        PacketFacts[] packets = new PacketFacts[1];
        Verdict[] verdicts = new Verdict[1];
        long allocated = 0;
        for (int session = 0; session < 70_000; session++)
        {
            string source = $"100.64.{session % 200}.{session % 199}:{1024 + (session / 2)}";
            Assert.Equal(DropReason.None, PacketParser.Parse(Frames.Tcp(source, Server, TcpFlags.Syn), out packets[0]));
            long before = GC.GetAllocatedBytesForCurrentThread();
            gateway.Translator.Translate(packets, Realm.Internal, gateway.Now, verdicts);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(DropReason.None, verdicts[0].Reason);
            Assert.True(gateway.Translator.Delete(packets[0].Tuple));
        }

        Assert.Equal(0, allocated);
    }

    [Fact] // what keeps count counts only what the modules before it have let through
    public void Asks_the_modules_of_a_rule_in_their_order()
    {
        using Gateway counted = Ruled.Gateway(
            "", "-A FORWARD -p udp -m statistic --mode nth --every 2 --packet 0 -m udp --dport 53 -j DROP");
        Assert.Equal(DropReason.None, Ask(counted, 99));
        Assert.Equal(DropReason.None, Ask(counted, 53));
        using Gateway spared = Ruled.Gateway(
            "", "-A FORWARD -p udp -m udp --dport 53 -m statistic --mode nth --every 2 --packet 0 -j DROP");
        Assert.Equal(DropReason.None, Ask(spared, 99));
        Assert.Equal(DropReason.RuleDropped, Ask(spared, 53));
    }

    [Fact] // ip_forward decrements before it asks FORWARD
    public void Sees_the_time_to_live_that_is_left_at_the_hook()
    {
        using Gateway gateway = Ruled.Gateway(
            "-A PREROUTING -m ttl --ttl-eq 64 -j DNAT --to-destination 198.51.100.9",
            ":FORWARD DROP [0:0]\n-A FORWARD -m ttl --ttl-eq 63 -j ACCEPT");
        Outcome outcome = gateway.FromInside(Frames.Udp("100.64.0.5:1", "198.51.100.7:53"));
        outcome.MustLeave(Realm.External, "100.64.0.5:1", "198.51.100.9:53");
    }

    [Fact] // conntrack calls it INVALID, and nat never sees it
    public void Does_not_ask_nat_about_what_opens_no_session()
    {
        using Gateway gateway = Ruled.Gateway(
            "-A PREROUTING -i wan0 -m statistic --mode nth --every 2 --packet 0 -j DNAT --to-destination 100.64.0.9",
            "");
        gateway.FromOutside(Frames.Tcp("198.51.100.7:5", "203.0.113.1:80", TcpFlags.Ack))
            .MustDrop(DropReason.NoMapping);
        gateway.FromOutside(Frames.Tcp("198.51.100.7:5", "203.0.113.1:80", TcpFlags.Syn))
            .MustLeave(Realm.Internal, "198.51.100.7:5", "100.64.0.9:80");
    }

    private static DropReason Open(Gateway gateway, string source)
        => gateway.FromInside(Frames.Tcp(source, Server, TcpFlags.Syn)).Verdict.Reason;

    private static DropReason Ask(Gateway gateway, int port)
        => gateway.FromInside(Frames.Udp("100.64.0.5:4000", $"198.51.100.7:{port}")).Verdict.Reason;
}
