using System;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Rules.Matches;

namespace NatEngine.Translation.Policy;

/// <summary>Tests whose answer is about this one packet: the next of the same session may fit or not.</summary>
internal static class PassingTests
{
    /// <summary>Makes one; null if the condition is of another kind.</summary>
    public static RuleTest? Of(IRuleMatch match) => match switch
    {
        LengthMatch length => OfLength(length),
        TtlMatch ttl => OfTimeToLive(ttl),
        RandomMatch random => OfChance(random),
        NthMatch nth => OfNth(nth),
        LimitMatch limit => OfLimit(limit),
        ConnlimitMatch limit => OfConnlimit(limit),
        _ => null,
    };

    /// <summary>Makes one that leaves its answer to the subject's chance: of these, and of who sent the packet, which
    /// no session remembers. Null if the condition is of another kind.</summary>
    public static RuleTest? Supposed(IRuleMatch match)
        => match is not MacMatch && Of(match) is null ? null : (ref RuleSubject subject) =>
        {
            subject.IsPassing = true;
            return subject.Random.Next(2) == 0;
        };

    private static RuleTest OfLength(LengthMatch match) => (ref RuleSubject subject) =>
    {
        subject.IsPassing = true;
        return match.Lengths.Holds(match.Lengths.Value.Contains(subject.Packet.NetworkLength));
    };

    private static RuleTest OfTimeToLive(TtlMatch match) => (ref RuleSubject subject) =>
    {
        subject.IsPassing = true;
        return match.Fits(subject.TimeToLive);
    };

    private static RuleTest OfChance(RandomMatch match) => (ref RuleSubject subject) =>
    {
        subject.IsPassing = true;
        uint drawn = (uint)subject.Random.NextInt64(RandomMatch.Certain);
        return match.Probability.Holds(drawn < match.Probability.Value);
    };

    // xt_statistic.c: the counter begins one before the packet that fits.
    private static RuleTest OfNth(NthMatch match)
    {
        uint every = Math.Max(match.Every.Value, 1);
        uint at = 0;
        return (ref RuleSubject subject) =>
        {
            subject.IsPassing = true;
            bool isIt = at == match.Packet;
            if (!subject.IsDry)
            {
                at = at + 1 == every ? 0 : at + 1;
            }

            return match.Every.Holds(isIt);
        };
    }

    // xt_limit.c: credit grows with time, a packet costs an interval of it, and no more than a burst is kept.
    private static RuleTest OfLimit(LimitMatch match)
    {
        const ulong PerMillisecond = LimitRate.Scale / 1000;
        ulong cost = match.Rate.Interval;
        ulong most = cost * Math.Max(match.Burst, 1);
        ulong credit = most;
        uint before = 0;
        bool isFirst = true;
        return (ref RuleSubject subject) =>
        {
            subject.IsPassing = true;
            ulong had = isFirst ? most : Math.Min(most, credit + ((subject.Now - before) * PerMillisecond));
            if (subject.IsDry)
            {
                return had >= cost;
            }

            credit = had;
            isFirst = false;
            before = subject.Now;
            if (credit < cost)
            {
                return false;
            }

            credit -= cost;
            return true;
        };
    }

    // xt_connlimit.c: the packet's own session is among those that are counted.
    private static RuleTest OfConnlimit(ConnlimitMatch match)
    {
        SessionGroups groups = new();
        uint mask = new IPv4Prefix(new IPv4Address(uint.MaxValue), match.PrefixLength).Network.Value;
        return (ref RuleSubject subject) =>
        {
            subject.IsPassing = true;
            TransportAddress end = match.IsByDestination ? subject.Tuple.Destination : subject.Tuple.Source;
            int count = groups.Count(end.Address.Value & mask, ref subject);
            return (count > match.Limit) == match.IsAbove;
        };
    }
}
