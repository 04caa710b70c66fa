using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

public sealed class TranslatorTests
{
    private const string Server = "198.51.100.7:53";

    [Fact] // of two links inside, or a host that has no other way to its neighbour; nothing of it goes out
    public void What_is_inside_is_reached_from_inside_under_its_own_address()
    {
        using Gateway gateway = new(options => options with
        {
            InternalPrefixes = [new IPv4Prefix(IPv4Address.Parse("100.64.0.0"), 16)],
        });
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", "100.64.1.3:53"))
            .MustLeave(Realm.Internal, "100.64.0.2:4000", "100.64.1.3:53");
        gateway.FromInside(Frames.Udp("100.64.1.3:53", "100.64.0.2:4000"))
            .MustLeave(Realm.Internal, "100.64.1.3:53", "100.64.0.2:4000");
        Assert.Equal(0, gateway.Translator.MappingCount);
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", "100.64.0.2:4000"))
            .MustLeave(Realm.Internal, "100.64.0.2:4000", "100.64.0.2:4000");
        gateway.FromOutside(Frames.Udp("198.51.100.7:53", "100.64.1.3:53")).MustDrop(DropReason.NotOurs);
    }

    [Fact] // more than fit into one look-ahead, sessions opened and used within one call
    public void Judges_a_long_batch_in_order()
    {
        using Gateway gateway = new();
        PacketFacts[] packets = new PacketFacts[200];
        Verdict[] verdicts = new Verdict[200];
        for (int index = 0; index < packets.Length; index++)
        {
            byte[] frame = index % 3 == 0 ? Frames.Arp() : Frames.Udp($"100.64.0.2:{4000 + (index / 4)}", Server);
            Assert.Equal(DropReason.None, PacketParser.Parse(frame, out packets[index]));
        }

        gateway.Translator.Translate(packets, Realm.Internal, gateway.Now, verdicts);
        for (int index = 0; index < packets.Length; index++)
        {
            Assert.Equal(index % 3 == 0 ? VerdictKind.None : VerdictKind.Forward, verdicts[index].Kind);
            int port = index % 3 == 0 ? 0 : 4000 + (index / 4);
            Assert.Equal(port, verdicts[index].Rewrite.Source.Port);
        }

        Assert.Equal(50, gateway.Translator.SessionCount);
    }

    [Fact]
    public void Counts_packets_and_octets_of_both_directions()
    {
        using Gateway gateway = new();
        for (int count = 0; count < 3; count++)
        {
            gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server, payload: 72));
        }

        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000", payload: 172));
        SessionSnapshot session = gateway.OnlySession();
        Assert.Equal((3UL, 300UL), (session.OriginalPackets, session.OriginalOctets));
        Assert.Equal((1UL, 200UL), (session.ReplyPackets, session.ReplyOctets));
    }

    [Fact] // 2^32 octets are 65,537 super-frames of 65,535 octets and a rest
    public void Counts_more_octets_than_32_bits_hold()
    {
        using Gateway gateway = new();
        byte[] frame = Frames.Udp("100.64.0.2:4000", Server, payload: 65507);
        Assert.Equal(DropReason.None, PacketParser.Parse(frame, out PacketFacts facts));
        PacketFacts[] packets = new PacketFacts[64];
        Array.Fill(packets, facts);
        Verdict[] verdicts = new Verdict[64];
        for (int batch = 0; batch < 1100; batch++)
        {
            gateway.Translator.Translate(packets, Realm.Internal, gateway.Now, verdicts);
        }

        Assert.Equal((70_400UL, 70_400UL * 65_535), (
            gateway.OnlySession().OriginalPackets, gateway.OnlySession().OriginalOctets));
    }

    [Fact]
    public void Remembers_a_next_hop_per_direction_until_told_to_forget()
    {
        using Gateway gateway = new();
        Outcome first = gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server));
        Assert.Equal(0, first.Verdict.NextHop);
        gateway.Translator.SetNextHop(first.Verdict.Session, TupleDirection.Original, 7);
        gateway.Translator.SetNextHop(first.Verdict.Session, TupleDirection.Reply, 9);
        Assert.Equal(7, gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server)).Verdict.NextHop);
        Assert.Equal(9, gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000")).Verdict.NextHop);
        uint cursor = 0;
        gateway.Translator.ForgetNextHops(ref cursor, 1000);
        Assert.Equal(Translator.EndOfList, cursor);
        Assert.Equal(0, gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server)).Verdict.NextHop);
    }

    [Fact]
    public void Lists_every_session_once_with_an_identifier_of_its_own()
    {
        using Gateway gateway = new();
        for (int host = 1; host <= 200; host++)
        {
            gateway.FromInside(Frames.Udp($"100.64.0.{host}:4000", Server));
        }

        List<SessionSnapshot> sessions = gateway.Sessions();
        Assert.Equal(200, sessions.Count);
        Assert.Equal(200, new HashSet<FlowTuple>(sessions.ConvertAll(session => session.Original)).Count);
        Assert.Equal(200, new HashSet<uint>(sessions.ConvertAll(session => session.Id)).Count);
        Assert.DoesNotContain(sessions, session => session.Id == 0 || session.SeenReply || session.Assured);
    }

    [Fact]
    public void Deletes_the_session_that_was_meant_and_no_successor()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server));
        SessionSnapshot session = gateway.OnlySession();
        Assert.False(gateway.Translator.Delete(session.Original, session.Id + 1));
        Assert.True(gateway.Translator.Delete(session.Reply, session.Id));
        Assert.False(gateway.Translator.Delete(session.Original));
        Assert.Equal((0, 0), (gateway.Translator.SessionCount, gateway.Translator.MappingCount));
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server));
        Assert.False(gateway.Translator.Delete(session.Original, session.Id));
        Assert.Equal(1, gateway.Translator.SessionCount);
    }

    [Fact]
    public void Counts_the_sessions_of_each_protocol_as_they_come_and_go()
    {
        using Gateway gateway = new(options => options with { OtherProtocols = true });
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server));
        gateway.FromInside(Frames.Udp("100.64.0.2:4001", Server));
        gateway.FromInside(Frames.Other("100.64.0.2", "198.51.100.7", protocol: 253));
        Assert.Equal((2, 1, 0), Counts());

        gateway.Translator.Delete(gateway.Sessions()[0].Original);
        Assert.Equal((1, 1, 0), Counts());

        gateway.Wait(120);
        Assert.Equal((0, 0, 0), Counts());

        (int Udp, int Experimental, int Tcp) Counts() => (
            gateway.Translator.SessionCountOf(IpProtocol.Udp),
            gateway.Translator.SessionCountOf((IpProtocol)253),
            gateway.Translator.SessionCountOf(IpProtocol.Tcp));
    }

    [Fact]
    public void Flushes_in_slices()
    {
        using Gateway gateway = new();
        for (int port = 1; port <= 100; port++)
        {
            gateway.FromInside(Frames.Udp("100.64.0.2:4000", $"198.51.100.7:{port}"));
        }

        uint cursor = 0;
        Assert.Equal(30, gateway.Translator.Flush(ref cursor, 30));
        Assert.Equal(70, gateway.Translator.SessionCount);
        while (cursor != Translator.EndOfList)
        {
            gateway.Translator.Flush(ref cursor, 30);
        }

        Assert.Equal((0, 0), (gateway.Translator.SessionCount, gateway.Translator.MappingCount));
        Assert.Equal(100, gateway.Translator.Counters.SessionsDeleted);
    }

    [Fact]
    public void Expires_no_more_than_it_is_allowed_to_look_at()
    {
        using Gateway gateway = new();
        for (int port = 1; port <= 100; port++)
        {
            gateway.FromInside(Frames.Udp("100.64.0.2:4000", $"198.51.100.7:{port}"));
        }

        gateway.Wait(120, collect: false);
        Assert.InRange(gateway.Translator.Expire(gateway.Now, 10), 0, 10);
        int calls = 0;
        while (gateway.Translator.SessionCount > 0)
        {
            Assert.InRange(gateway.Translator.Expire(gateway.Now, 10), 0, 10);
            Assert.InRange(calls++, 0, 100);
        }

        Assert.Equal((100, 1, 1), (
            gateway.Translator.Counters.SessionsExpired,
            gateway.Translator.Counters.MappingsCreated,
            gateway.Translator.Counters.MappingsEnded));
    }

    [Theory] // a clock may count from anywhere, and go round after 49 days
    [InlineData(30)]
    [InlineData(49.7)]
    [InlineData(1000)]
    public void Starts_at_any_time_and_keeps_its_timers(double days)
    {
        using Gateway gateway = new();
        gateway.Wait(days * 86_400, collect: false);
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server));
        gateway.Wait(119.999);
        Assert.Equal(1, gateway.Translator.SessionCount);
        gateway.Wait(0.001);
        Assert.Equal(0, gateway.Translator.SessionCount);
        gateway.Wait(days * 86_400);
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server));
        gateway.Wait(120);
        Assert.Equal(0, gateway.Translator.SessionCount);
    }

    [Fact]
    public void Uses_no_session_whose_time_is_over_though_nobody_collected_it()
    {
        using Gateway gateway = new();
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server));
        uint id = gateway.OnlySession().Id;
        gateway.Wait(120, collect: false);
        Assert.Empty(gateway.Sessions());
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000")).MustDrop(DropReason.NoMapping);
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", Server));
        Assert.NotEqual(id, gateway.OnlySession().Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 16)]
    public void Allocates_nothing_for_packets_and_nothing_for_sessions(int logCapacity)
    {
        using Gateway gateway = new(options => options with { MaxSessions = 20_000, LogCapacity = logCapacity });
        PacketFacts[] packets = new PacketFacts[10_000];
        for (int index = 0; index < packets.Length; index++)
        {
            byte[] frame = (index % 3) switch
            {
                0 => Frames.Udp($"100.64.{index % 250}.2:{4000 + (index / 4)}", Server),
                1 => Frames.Tcp($"100.64.{index % 250}.2:{4000 + (index / 4)}", Server, TcpFlags.Syn),
                _ => Frames.EchoRequest($"100.64.{index % 250}.2", "198.51.100.7", (ushort)index),
            };
            Assert.Equal(DropReason.None, PacketParser.Parse(frame, out packets[index]));
        }

        Verdict[] verdicts = new Verdict[packets.Length];
        gateway.Translator.Translate(packets.AsSpan(0, 64), Realm.Internal, gateway.Now, verdicts);
        Timestamp later = gateway.Now.Add(TimeSpan.FromHours(1));
        long before = GC.GetAllocatedBytesForCurrentThread();
        gateway.Translator.Translate(packets, Realm.Internal, gateway.Now, verdicts);
        gateway.Translator.Translate(packets, Realm.Internal, gateway.Now, verdicts);
        gateway.Translator.Translate(packets, Realm.External, gateway.Now, verdicts);
        gateway.Translator.Expire(later, int.MaxValue);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(gateway.Translator.Counters.SessionsCreated, 9000, 10_000);
        Assert.Equal(0, gateway.Translator.SessionCount);
        TranslationCounters counters = gateway.Translator.Counters;
        Assert.Equal(
            logCapacity == 0 ? 0 : counters.MappingsCreated + counters.MappingsEnded,
            gateway.Translator.Log?.Count ?? 0);
    }

    [Fact]
    public void Holds_a_million_sessions()
    {
        const int Sessions = 1_000_000;
        using Translator translator = new(
            new TranslationOptions { ExternalAddresses = [IPv4Address.Parse("203.0.113.1")], MaxSessions = Sessions },
            new Random(1));
        PacketFacts[] packets = new PacketFacts[64];
        Verdict[] verdicts = new Verdict[64];
        for (int batch = 0; batch < Sessions / 64; batch++)
        {
            for (int index = 0; index < 64; index++)
            {
                int number = (batch * 64) + index;
                IPv4Address host = new(0x6440_0000 + (uint)(number % 200));
                IPv4Address server = new(0xC612_0000 + (uint)(number / 200));
                byte[] frame = Frames.Udp(
                    new TransportAddress(host, (ushort)(4000 + (number % 100))),
                    new TransportAddress(server, (ushort)(1 + (number % 65_000))));
                _ = PacketParser.Parse(frame, out packets[index]);
            }

            translator.Translate(packets, Realm.Internal, Timestamp.Zero, verdicts);
            Assert.DoesNotContain(verdicts, verdict => verdict.Kind != VerdictKind.Forward);
        }

        Assert.Equal(Sessions, translator.SessionCount);
        translator.Translate(packets, Realm.Internal, new Timestamp(1), verdicts);
        Assert.DoesNotContain(verdicts, verdict => verdict.Kind != VerdictKind.Forward);
        Assert.Equal(Sessions, translator.SessionCount);
        translator.Expire(new Timestamp(120_001), int.MaxValue);
        Assert.Equal((0, 0), (translator.SessionCount, translator.MappingCount));
    }
}
