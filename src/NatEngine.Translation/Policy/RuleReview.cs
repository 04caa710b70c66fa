using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Rules.Matches;

namespace NatEngine.Translation.Policy;

/// <summary>Holds sessions that there are against rules that might come, as if each were to open now. Has programs of
/// its own: it counts nothing, changes nothing, and need not run where packets are judged.</summary>
/// <remarks>Of a session's first packet only addresses and ports are known. It is taken for a SYN, if there is such a
/// thing; what a rule asks of its length or time to live, of its sender, of chance or of a rate, may be answered either
/// way, and a session stays if either way would have it so.</remarks>
public sealed class RuleReview
{
    private readonly RuleProgram _before;
    private readonly RuleProgram _after;
    private readonly HashSet<IPv4Address> _external;
    private readonly Suppositions _suppositions = new();

    private RuleReview(RuleProgram before, RuleProgram after)
    {
        _before = before;
        _after = after;
        _external = [.. after.Surroundings.ExternalAddresses];
    }

    /// <summary>Prepares a review.</summary>
    /// <param name="before">The program in use, of which only the rules are looked at.</param>
    /// <param name="after">The program that might come, which is not used either.</param>
    public static RuleReview Of(RuleProgram before, RuleProgram after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return new RuleReview(Supposing(before), Supposing(after));
    }

    /// <summary>Looks at one session.</summary>
    public SessionReview Look(in SessionSnapshot session)
    {
        PacketFacts opening = PacketFacts.OfOpening(session.Original);
        _suppositions.Begin();
        SessionReview first = Judge(session, opening);
        SessionReview found = first;
        while (found.Outcome != ReviewOutcome.Same && _suppositions.TryNext())
        {
            found = Judge(session, opening);
        }

        return found.Outcome == ReviewOutcome.Same ? found : first;
    }

    private static RuleProgram Supposing(RuleProgram program)
        => RuleProgram.TryCompile(program.Rules, program.Surroundings with { Supposes = true }, out _)
            ?? throw new InvalidOperationException("What was compiled once can be compiled again.");

    private SessionReview Judge(in SessionSnapshot session, in PacketFacts opening)
    {
        TransportAddress destination = session.Reply.Source;
        RuleSubject subject = SubjectOf(session, opening);
        LastFit decider = default;
        RuleAnswer answer = _after.Ask(RuleHook.Prerouting, ref subject, ref decider);
        bool isKept = answer.Action == RuleAction.TranslateDestination
            ? _after.DestinationOf(answer.Operand).CanGive(session.Original, destination)
            : destination == session.Original.Destination || !WasRuled(session, opening);
        if (!isKept)
        {
            return new SessionReview(ReviewOutcome.Translated, _after.LocationOf(decider.Place));
        }

        subject.Egress = session.ReplyIngress;
        subject.Tuple = new FlowTuple(session.Original.Source, destination, session.Protocol);
        subject.Reply = subject.Tuple.Reply();
        subject.States |= destination == session.Original.Destination ? SessionStates.None : SessionStates.Dnat;
        answer = _after.Ask(RuleHook.Forward, ref subject, ref decider);
        return answer.Action == RuleAction.Accept
            ? JudgeSource(session, ref subject)
            : new SessionReview(ReviewOutcome.Refused, _after.LocationOf(decider.Place));
    }

    private SessionReview JudgeSource(in SessionSnapshot session, ref RuleSubject subject)
    {
        LastFit decider = default;
        TransportAddress source = session.Reply.Destination;
        RuleAnswer answer = _after.Ask(RuleHook.Postrouting, ref subject, ref decider);
        bool isKept = answer.Action == RuleAction.TranslateSource
            ? _after.SourceOf(answer.Operand).CanGive(session.Original, source, _external)
            : source == session.Original.Source;
        return isKept
            ? new SessionReview(ReviewOutcome.Same, null)
            : new SessionReview(ReviewOutcome.Translated, _after.LocationOf(decider.Place));
    }

    // Where no rule names the destination, a mapping may: the inside's own, or a published one. These stay.
    private bool WasRuled(in SessionSnapshot session, in PacketFacts opening)
    {
        RuleSubject subject = SubjectOf(session, opening);
        return _before.Ask(RuleHook.Prerouting, ref subject).Action == RuleAction.TranslateDestination;
    }

    // Sessions are not given: what counts them is supposed here.
    private RuleSubject SubjectOf(in SessionSnapshot session, in PacketFacts opening)
        => RuleSubject.OfOpening(opening, session.OriginalIngress, now: 0, sessions: null, _suppositions);
}
