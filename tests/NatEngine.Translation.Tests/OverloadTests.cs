using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

/// <summary>RFC 7857 section 3: one external port for several sessions whose remote endpoints differ.</summary>
public sealed class OverloadTests
{
    private const string Server = "198.51.100.7:53";

    [Fact]
    public void Every_remote_endpoint_has_the_whole_range()
    {
        using Gateway gateway = Sharing(new PortRange(5000, 5003), TranslationBehavior.Symmetric);
        for (int server = 1; server <= 20; server++)
        {
            HashSet<string> seen = [];
            for (int host = 1; host <= 4; host++)
            {
                string remote = $"198.51.100.{server}:53";
                Outcome outcome = gateway.FromInside(Frames.Udp($"100.64.0.{host}:4000", remote));
                Assert.True(seen.Add(outcome.Source), "a port given twice towards one remote endpoint");
                gateway.FromOutside(Frames.Udp(remote, outcome.Source))
                    .MustLeave(Realm.Internal, remote, $"100.64.0.{host}:4000");
            }

            gateway.FromInside(Frames.Udp("100.64.0.5:4000", $"198.51.100.{server}:53"))
                .MustDrop(DropReason.PortsExhausted);
        }

        Assert.Equal((80, 0), (gateway.Translator.SessionCount, gateway.Translator.MappingCount));
        gateway.FromOutside(Frames.Udp("198.51.100.99:53", "203.0.113.1:5000")).MustDrop(DropReason.NoMapping);
    }

    [Fact] // RFC 4787 REQ-4: also when the ports that come first are taken
    public void Parity_is_kept_while_a_port_of_it_is_unused()
    {
        using Gateway gateway = Sharing(new PortRange(5000, 5063), TranslationBehavior.Symmetric);
        for (int host = 1; host <= 64; host++)
        {
            Outcome outcome = gateway.FromInside(Frames.Udp($"100.64.0.{host}:4000", Server));
            Assert.True(outcome.Forwarded);
            bool even = int.Parse(outcome.Source.Split(':')[1], null) % 2 == 0;
            Assert.Equal(host <= 32, even);
        }
    }

    [Fact] // fifteen times the lecture's number: sixteen remote endpoints, nearly all ports towards each
    public void A_million_sessions_share_one_address()
    {
        const int Sessions = 1_000_000;
        using Gateway gateway = new(options => options with
        {
            MaxSessions = Sessions,
            Behavior = TranslationBehavior.Symmetric,
        });
        PacketFacts[] packets = new PacketFacts[64];
        Verdict[] verdicts = new Verdict[64];
        HashSet<(IPv4Address, ushort)> seen = new(Sessions);
        for (int first = 0; first < Sessions; first += packets.Length)
        {
            for (int index = 0; index < packets.Length; index++)
            {
                int number = first + index;
                byte[] frame = Frames.Udp(
                    new TransportAddress(
                        new IPv4Address(0x6440_0002 + (uint)(number / 50_000)), (ushort)(1 + (number % 50_000))),
                    new TransportAddress(new IPv4Address(0xC633_6407 + (uint)(number % 16)), 53));
                _ = PacketParser.Parse(frame, out packets[index]);
            }

            gateway.Translator.Translate(packets, Realm.Internal, gateway.Now, verdicts);
            for (int index = 0; index < packets.Length; index++)
            {
                Assert.Equal(VerdictKind.Forward, verdicts[index].Kind);
                Assert.Equal(IPv4Address.Parse(Gateway.External), verdicts[index].Rewrite.Source.Address);
                Assert.True(seen.Add((packets[index].Destination, verdicts[index].Rewrite.Source.Port)));
            }
        }

        Assert.Equal(Sessions, gateway.Translator.SessionCount);
        gateway.FromInside(Frames.Udp("100.64.99.1:4000", Server)).MustDrop(DropReason.SessionTableFull);
    }

    [Fact] // the lecture's number, towards one remote endpoint, and twice as many towards two
    public void Last_port_of_a_remote_endpoint_is_given_like_the_first()
    {
        using Gateway gateway = new(options => options with
        {
            MaxSessions = 200_000,
            Behavior = TranslationBehavior.Symmetric,
        });
        for (int server = 7; server <= 8; server++)
        {
            bool[] seen = new bool[65536];
            Verdict[] verdict = new Verdict[1];
            for (int number = 0; number < 64_512; number++)
            {
                byte[] frame = Frames.Udp(
                    new(new IPv4Address(0x6440_0002 + (uint)(number / 50_000)), (ushort)(1 + (number % 50_000))),
                    Frames.At($"198.51.100.{server}:53"));
                _ = PacketParser.Parse(frame, out PacketFacts facts);
                gateway.Translator.Translate([facts], Realm.Internal, gateway.Now, verdict);
                Assert.Equal(VerdictKind.Forward, verdict[0].Kind);
                ushort port = verdict[0].Rewrite.Source.Port;
                Assert.False(seen[port] || port < 1024);
                seen[port] = true;
            }

            gateway.FromInside(Frames.Udp("100.64.99.1:4000", $"198.51.100.{server}:53"))
                .MustDrop(DropReason.PortsExhausted);
        }

        Assert.Equal(129_024, gateway.Translator.SessionCount);
        gateway.Wait(120);
        Assert.Equal(0, gateway.Translator.SessionCount);
        Assert.True(gateway.FromInside(Frames.Udp("100.64.99.1:4000", Server)).Forwarded);
    }

    [Fact]
    public void Port_is_preserved_towards_everyone_whose_it_is_not_yet()
    {
        using Gateway gateway = Sharing(new PortRange(1024, 65535), TranslationBehavior.Netfilter);
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server))
            .MustLeave(Realm.External, "203.0.113.1:4000", Server);
        gateway.FromInside(Frames.Udp("100.64.0.3:4000", "198.51.100.8:53"))
            .MustLeave(Realm.External, "203.0.113.1:4000", "198.51.100.8:53");
        Outcome third = gateway.FromInside(Frames.Udp("100.64.0.3:4000", Server));
        Assert.NotEqual("203.0.113.1:4000", third.Source);
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000"))
            .MustLeave(Realm.Internal, Server, "100.64.0.2:4000");
        gateway.FromOutside(Frames.Udp("198.51.100.8:53", "203.0.113.1:4000"))
            .MustLeave(Realm.Internal, "198.51.100.8:53", "100.64.0.3:4000");
    }

    [Fact]
    public void Published_service_keeps_its_port_to_itself_and_is_reached_from_inside()
    {
        TransportAddress web = Frames.At("100.64.0.10:80");
        using Gateway gateway = new(options => options with
        {
            Ports = new PortRange(8080, 8081),
            Behavior = TranslationBehavior.Symmetric,
            Published = [new PublishedService(IpProtocol.Tcp, 8080, web)],
        });
        gateway.FromInside(Frames.Tcp("100.64.0.2:4000", Server, TcpFlags.Syn))
            .MustLeave(Realm.External, "203.0.113.1:8081", Server);
        gateway.FromInside(Frames.Tcp("100.64.0.3:4000", Server, TcpFlags.Syn))
            .MustDrop(DropReason.PortsExhausted);
        gateway.FromInside(Frames.Tcp("100.64.0.2:4001", "203.0.113.1:8080", TcpFlags.Syn))
            .MustLeave(Realm.Internal, "203.0.113.1:8081", "100.64.0.10:80");
        gateway.FromInside(Frames.Tcp("100.64.0.10:80", "203.0.113.1:8081", TcpFlags.Syn | TcpFlags.Ack))
            .MustLeave(Realm.Internal, "203.0.113.1:8080", "100.64.0.2:4001");
    }

    [Fact] // more than a set is made for, then fewer than it is kept for, over and over
    public void Ports_are_conserved_as_sessions_come_and_go()
    {
        using Gateway gateway = Sharing(new PortRange(2000, 2999), TranslationBehavior.Symmetric);
        Random random = new(4);
        Dictionary<string, string> open = [];
        for (int step = 0; step < 20_000; step++)
        {
            bool filling = step / 2500 % 2 == 0;
            string host = $"100.64.{random.Next(4)}.{1 + random.Next(250)}:{4000 + random.Next(2)}";
            if (random.Next(10) < (filling ? 8 : 2))
            {
                Outcome outcome = gateway.FromInside(Frames.Udp(host, Server));
                Assert.Equal(open.ContainsKey(host) || open.Count < 1000, outcome.Forwarded);
                if (outcome.Forwarded && !open.TryAdd(host, outcome.Source))
                {
                    Assert.Equal(open[host], outcome.Source);
                }
            }
            else
            {
                FlowTuple tuple = new(Frames.At(host), Frames.At(Server), IpProtocol.Udp);
                Assert.Equal(open.Remove(host), gateway.Translator.Delete(tuple));
            }
        }

        Assert.Equal(open.Count, new HashSet<string>(open.Values).Count);
    }

    private static Gateway Sharing(PortRange ports, TranslationBehavior behavior)
        => new(options => options with { Ports = ports, Behavior = behavior });
}
