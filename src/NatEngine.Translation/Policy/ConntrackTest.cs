using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Rules.Matches;
using RulePorts = NatEngine.Rules.PortRange;

namespace NatEngine.Translation.Policy;

/// <summary>Asks for properties of a packet's session.</summary>
internal static class ConntrackTest
{
    /// <summary>Makes the test.</summary>
    public static RuleTest Of(ConntrackMatch match) => (ref RuleSubject subject) =>
        (match.States is not { } states || states.Holds((states.Value & subject.States) != 0))
        && (match.Protocol is not { } protocol || protocol.Holds(protocol.Value == subject.Original.Protocol))
        && (match.IsOriginalDirection is not bool original
            || original == (subject.Direction == TupleDirection.Original))
        && Fits(match.OriginalSource, match.OriginalSourcePorts, subject.Original.Source)
        && Fits(match.OriginalDestination, match.OriginalDestinationPorts, subject.Original.Destination)
        && Fits(match.ReplySource, match.ReplySourcePorts, subject.Reply.Source)
        && Fits(match.ReplyDestination, match.ReplyDestinationPorts, subject.Reply.Destination);

    private static bool Fits(
        Condition<MaskedAddress>? addresses, Condition<RulePorts>? ports, TransportAddress end)
        => (addresses is not { } sought || sought.Holds(sought.Value.Contains(end.Address)))
            && (ports is not { } range || range.Holds(range.Value.Contains(end.Port)));
}
