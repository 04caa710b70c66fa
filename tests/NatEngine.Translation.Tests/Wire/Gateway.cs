using System;
using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Translation.Tests.Wire;

/// <summary>A translator between two links, with a clock that the test holds: frames in, frames out.</summary>
internal sealed class Gateway : IDisposable
{
    /// <summary>The external address that tests use unless they say otherwise.</summary>
    public const string External = "203.0.113.1";

    public Gateway(Func<TranslationOptions, TranslationOptions>? configure = null, int seed = 1)
    {
        TranslationOptions options = new() { ExternalAddresses = [IPv4Address.Parse(External)], MaxSessions = 4096 };
        Translator = new Translator(configure is null ? options : configure(options), new Random(seed));
    }

    public Translator Translator { get; }

    public Timestamp Now { get; private set; }

    public Outcome FromInside(byte[] frame) => Send(frame, Realm.Internal);

    public Outcome FromOutside(byte[] frame) => Send(frame, Realm.External);

    public Outcome Send(byte[] frame, Realm ingress)
    {
        DropReason damage = Translator.AsksOfFrames
            ? PacketParser.ParseForRules(frame, out PacketFacts facts)
            : PacketParser.Parse(frame, out facts);
        Assert.Equal(DropReason.None, damage);
        Verdict[] verdicts = new Verdict[1];
        Translator.Translate([facts], ingress, Now, verdicts);
        if (verdicts[0].Kind != VerdictKind.Forward)
        {
            return new Outcome(verdicts[0], null, facts.Tuple);
        }

        if (facts.Kind == PacketKind.IcmpError)
        {
            // The rewrite is for the embedded packet too, which is the pipeline's to apply.
            Rewrite rewrite = verdicts[0].Rewrite;
            return new Outcome(
                verdicts[0], null, new FlowTuple(rewrite.Source, rewrite.Destination, facts.Tuple.Protocol));
        }

        byte[] rewritten = Applier.Apply(frame, facts, verdicts[0].Rewrite);
        Assert.Equal(DropReason.None, PacketParser.Parse(rewritten, out PacketFacts after));
        return new Outcome(verdicts[0], rewritten, after.Tuple);
    }

    /// <summary>Lets time pass; sessions whose time is over are collected if asked for.</summary>
    public void Wait(double seconds, bool collect = true)
    {
        Now = Now.Add(TimeSpan.FromSeconds(seconds));
        if (collect)
        {
            _ = Translator.Expire(Now, int.MaxValue);
        }
    }

    public List<SessionSnapshot> Sessions()
    {
        List<SessionSnapshot> all = [];
        SessionSnapshot[] some = new SessionSnapshot[16];
        uint cursor = 0;
        while (cursor != Translator.EndOfList)
        {
            int count = Translator.List(ref cursor, Now, some);
            all.AddRange(some.AsSpan(0, count));
        }

        return all;
    }

    public SessionSnapshot OnlySession() => Assert.Single(Sessions());

    public void Dispose() => Translator.Dispose();
}
