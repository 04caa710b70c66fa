using System.Collections.Generic;
using System.Linq;
using CsCheck;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Model;

/// <summary>Any interleaving of what can happen, beside a model, and with the invariants checked after every step.
/// </summary>
public sealed class PropertyTests
{
    private const int Quota = 6;
    private static readonly PortRange Ports = new(4000, 4007);

    // What happens: a kind, who, with whom, and a number that means something else to every kind.
    private static readonly Gen<(int Kind, int Host, int Remote, int Number)> Happening =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 400]);

    [Fact]
    public void Udp_does_what_the_model_does()
        => Happening.Array[0, 120].Sample(RunBesideModel, iter: 400);

    public static TheoryData<string> Names => [.. Contracts.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Invariants_hold_whatever_happens(string contract)
        => Happening.Array[0, 150].Sample(happenings => RunWithInvariants(contract, happenings), iter: 100);

    private static void RunBesideModel((int Kind, int Host, int Remote, int Number)[] happenings)
    {
        using Gateway gateway = new(options => Contracts.Of("default", options));
        ReferenceNat model = new(Ports, Contracts.Sessions);
        foreach ((int kind, int host, int remote, int number) in happenings)
        {
            TransportAddress inside = Frames.At($"100.64.0.{2 + (host / 2)}:{4000 + (host % 2)}");
            TransportAddress outside = Frames.At($"198.51.100.{7 + (remote / 2)}:{53 + (remote % 2)}");
            ushort port = (ushort)(4000 + (number % 9));
            switch (kind)
            {
                case < 4:
                    Outbound(gateway, model, inside, outside, hairpin: false);
                    break;
                case 4 or 5:
                    Outbound(gateway, model, inside, Frames.At($"203.0.113.1:{port}"), hairpin: true);
                    break;
                case < 9:
                    Inbound(gateway, model, outside, port);
                    break;
                default:
                    gateway.Wait(number);
                    model.Collect(gateway.Now.Milliseconds);
                    break;
            }

            Assert.Equal((model.SessionCount, model.MappingCount + 1),
                (gateway.Translator.SessionCount, gateway.Translator.MappingCount));
        }
    }

    private static void Outbound(
        Gateway gateway, ReferenceNat model, TransportAddress source, TransportAddress destination, bool hairpin)
    {
        Outcome outcome = gateway.FromInside(Frames.Udp(source.ToString(), destination.ToString()));
        Assert.Equal(model.Outbound(source, destination, gateway.Now.Milliseconds, hairpin), outcome.Reason);
        if (outcome.Forwarded)
        {
            Assert.True(model.Accept(source, outcome.Tuple.Source.Port), $"{source} was given {outcome.Source}");
            Assert.Equal(hairpin ? Realm.Internal : Realm.External, outcome.Verdict.Egress);
        }
    }

    private static void Inbound(Gateway gateway, ReferenceNat model, TransportAddress remote, ushort port)
    {
        Outcome outcome = gateway.FromOutside(Frames.Udp(remote.ToString(), $"203.0.113.1:{port}"));
        DropReason expected = model.Inbound(remote, port, gateway.Now.Milliseconds, out TransportAddress destination);
        Assert.Equal(expected, outcome.Reason);
        if (outcome.Forwarded)
        {
            Assert.Equal(destination, outcome.Tuple.Destination);
        }
    }

    private static void RunWithInvariants(
        string contract, (int Kind, int Host, int Remote, int Number)[] happenings)
    {
        TranslationOptions? options = null;
        using Gateway gateway = new(plain => options = Contracts.Of(contract, plain) with
        {
            Subscribers = new SubscriberLimits { Sessions = Quota },
            LogCapacity = 16,
        });
        Witness witness = new(options!);
        List<byte[]> sent = [];
        foreach ((int kind, int host, int remote, int number) in happenings)
        {
            if (kind == 9)
            {
                gateway.Wait(number * 10, collect: number % 2 == 0);
                witness.Look(gateway);
                continue;
            }

            Outcome outcome = Happen(gateway, sent, kind, host, remote, number);
            if (outcome.Frame is not null)
            {
                sent.Add(outcome.Frame);
                AssertReversible(gateway, outcome);
            }

            AssertInvariants(gateway, options!);
            witness.Look(gateway);
        }

        gateway.Wait(100_000);
        witness.Look(gateway);
        witness.AskTheLog();
        Assert.Equal((0, 1), (gateway.Translator.SessionCount, gateway.Translator.MappingCount));
        TranslationCounters counters = gateway.Translator.Counters;
        Assert.Equal(counters.SessionsCreated, counters.SessionsExpired + counters.SessionsDeleted);
        Assert.Equal(counters.MappingsCreated, counters.MappingsEnded);
    }

    private static Outcome Happen(Gateway gateway, List<byte[]> sent, int kind, int host, int remote, int number)
    {
        string inside = $"100.64.0.{2 + (host / 2)}:{4000 + (host % 2)}";
        string outside = $"198.51.100.{7 + (remote / 2)}:{53 + (remote % 2)}";
        string mapped = $"203.0.113.{1 + (number / 9 % 4 / 3)}:{4000 + (number % 9)}";
        TcpFlags flags = (TcpFlags)(number % 32);
        return kind switch
        {
            0 => gateway.FromInside(Frames.Udp(inside, outside)),
            1 => gateway.FromInside(Frames.Tcp(inside, outside, TcpFlags.Syn)),
            2 => gateway.FromInside(Frames.Tcp(inside, outside, flags)),
            3 => gateway.FromInside(Frames.Tcp(inside, mapped, flags)),
            4 => gateway.FromInside(Frames.Udp(inside, mapped)),
            5 => gateway.FromOutside(Frames.Udp(outside, mapped)),
            6 => gateway.FromOutside(Frames.Tcp(outside, mapped, flags)),
            7 => gateway.FromInside(Frames.EchoRequest(inside[..10], outside[..12], (ushort)(number % 3))),
            _ when sent.Count > 0 => gateway.Send(
                Frames.Error("198.18.0.1", "203.0.113.1", sent[number % sent.Count]), (Realm)(number % 2)),
            _ => gateway.FromOutside(Frames.EchoReply(outside[..12], "203.0.113.1", (ushort)(number % 3))),
        };
    }

    // The answer to what left comes back as the answer to what came: reverse of forward is identity.
    private static void AssertReversible(Gateway gateway, Outcome outcome)
    {
        SessionSnapshot session = gateway.Sessions().Single(
            s => s.Original.Reply() == outcome.Tuple || s.Reply.Reply() == outcome.Tuple);
        bool original = outcome.Verdict.Direction == TupleDirection.Original;
        FlowTuple back = original ? session.Reply : session.Original;
        Assert.Equal(outcome.Tuple.Reply(), back);
        Assert.Equal(original ? session.ReplyIngress : session.OriginalIngress, outcome.Verdict.Egress);
    }

    private static void AssertInvariants(Gateway gateway, TranslationOptions options)
    {
        List<SessionSnapshot> sessions = gateway.Sessions();
        HashSet<FlowTuple> tuples = [];
        Dictionary<(IpProtocol, TransportAddress), TransportAddress> owners = [];
        Assert.All(
            sessions.Where(session => session.OriginalIngress == Realm.Internal)
                .CountBy(session => session.Original.Source.Address),
            host => Assert.InRange(host.Value, 1, Quota));
        foreach (SessionSnapshot session in sessions)
        {
            bool alone = tuples.Add(session.Original)
                && (session.Reply == session.Original || tuples.Add(session.Reply));
            Assert.True(alone, "two sessions share a tuple");
            if (session.OriginalIngress != Realm.Internal)
            {
                continue;
            }

            Contracts.AssertOwn(options, session);
            PoolOptions pool = options.PoolOf(session.Original.Source.Address);
            TranslationBehavior behavior = session.Protocol == IpProtocol.Tcp && pool.TcpBehavior is not null
                ? pool.TcpBehavior
                : pool.Behavior;
            if (!behavior.Overload)
            {
                // One external transport address, one internal: no port is given twice.
                (IpProtocol, TransportAddress) external = (session.Protocol, session.Reply.Destination);
                Assert.True(
                    owners.TryAdd(external, session.Original.Source) || owners[external] == session.Original.Source);
            }
        }

        Assert.InRange(sessions.Count, 0, Contracts.Sessions);
        Assert.InRange(gateway.Translator.MappingCount, 0, 1 + (2 * Ports.Count) + 3);
    }
}
