using System;
using System.Reflection;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tables;
using NatEngine.Translation.Tests.Wire;
using NatEngine.Translation.Timing;

namespace NatEngine.Translation.Tests.Tables;

/// <summary>What a packet of an established session reads and writes: the index and one line of 64 octets, with the
/// counters, the timer and the TCP state in it, and nothing else of the tables.</summary>
public sealed class EstablishedPacketTests
{
    private static readonly Timestamp Now = Timestamp.Zero.Add(TimeSpan.FromHours(1));

    [Theory]
    [InlineData(1U)]
    [InlineData(1000U)]
    [InlineData(40_000U)] // beyond a huge page
    public void A_session_is_one_cache_line(uint sessions)
    {
        using NativeArray<Session> array = new(sessions);
        Assert.Equal(64, NativeArray<Session>.ValueOctets);
        Assert.Equal((nuint)0, array.Address % 64);
    }

    [Theory]
    [InlineData(IpProtocol.Udp)]
    [InlineData(IpProtocol.Tcp)]
    [InlineData(IpProtocol.Icmp)]
    public void Only_the_index_and_the_session_are_touched(IpProtocol protocol)
    {
        using Translator translator = new(
            new TranslationOptions { ExternalAddresses = [IPv4Address.Parse("203.0.113.1")], MaxSessions = 16 },
            new Random(1));
        FlowTuple outbound = OutboundOf(protocol);
        Verdict verdict = Judge(translator, PacketFacts.OfOpening(outbound), Realm.Internal);
        FlowTuple inbound = verdict.Rewrite.Leaving.Reply();
        Assert.Equal(VerdictKind.Forward, Judge(translator, FirstAnswer(inbound), Realm.External).Kind);
        for (int round = 0; round < 3; round++)
        {
            Follow(translator, outbound, inbound);
        }

        TakeTheRestAway(translator);

        Follow(translator, outbound, inbound);

        // The rest is gone indeed: who needs it does not get far.
        FlowTuple another = new(outbound.Source with { Port = 9 }, outbound.Destination, protocol);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Judge(translator, PacketFacts.OfOpening(another), Realm.Internal));
    }

    private static FlowTuple OutboundOf(IpProtocol protocol)
    {
        const ushort EchoRequest = 8 << 8;
        return new FlowTuple(
            new TransportAddress(IPv4Address.Parse("100.64.0.10"), 40_000),
            new TransportAddress(
                IPv4Address.Parse("198.51.100.7"), protocol == IpProtocol.Icmp ? EchoRequest : (ushort)443),
            protocol);
    }

    private static PacketFacts FirstAnswer(FlowTuple inbound)
    {
        if (inbound.Protocol != IpProtocol.Tcp)
        {
            return PacketFacts.OfFollowing(inbound);
        }

        byte[] frame = Frames.Tcp(
            inbound.Source.ToString(), inbound.Destination.ToString(), TcpFlags.Syn | TcpFlags.Ack);
        Assert.Equal(DropReason.None, PacketParser.Parse(frame, out PacketFacts facts));
        return facts;
    }

    private static void Follow(Translator translator, FlowTuple outbound, FlowTuple inbound)
    {
        Assert.Equal(
            VerdictKind.Forward, Judge(translator, PacketFacts.OfFollowing(outbound), Realm.Internal).Kind);
        Assert.Equal(
            VerdictKind.Forward, Judge(translator, PacketFacts.OfFollowing(inbound), Realm.External).Kind);
    }

    private static Verdict Judge(Translator translator, PacketFacts packet, Realm ingress)
    {
        Verdict[] verdicts = new Verdict[1];
        translator.Translate([packet], ingress, Now, verdicts);
        return verdicts[0];
    }

    // A table that is disposed of has no length, so that any access to it throws.
    private static void TakeTheRestAway(Translator translator)
    {
        TranslationTables tables = Part<TranslationTables>(translator, "_tables");
        Part<NativeArray<ColdSession>>(tables.Sessions, "_cold").Dispose();
        Part<TimingWheel>(tables.Sessions, "_wheel").Dispose();
        tables.Mappings.Dispose();
        tables.Contacts.Dispose();
        tables.Subscribers.Dispose();
        tables.Pools.Dispose();
    }

    private static T Part<T>(object whole, string field)
    {
        FieldInfo? found = whole.GetType().GetField(field, BindingFlags.Instance | BindingFlags.NonPublic);
        return (T)Assert.IsType<T>(found?.GetValue(whole), exactMatch: false);
    }
}
