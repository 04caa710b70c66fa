using NatEngine.Rules;
using NatEngine.Rules.Matches;
using RulePorts = NatEngine.Rules.PortRange;

namespace NatEngine.Translation.Policy;

/// <summary>Puts the conditions that most rules have into <see cref="CompiledRule"/>.</summary>
internal static class RuleMatching
{
    private const byte InternalBit = 1 << (int)Realm.Internal;
    private const byte ExternalBit = 1 << (int)Realm.External;

    /// <summary>Puts a condition into a rule.</summary>
    /// <returns>False if it needs a test of its own.</returns>
    public static bool TryFold(IRuleMatch match, ref CompiledRule rule, RuleSurroundings surroundings)
    {
        switch (match)
        {
            case CommentMatch:
                return true;
            case SourceMatch source:
                rule.Source = source.Addresses.Value.Address.Value;
                rule.SourceMask = source.Addresses.Value.Mask;
                rule.NotSource = source.Addresses.IsNegated;
                return true;
            case DestinationMatch destination:
                rule.Destination = destination.Addresses.Value.Address.Value;
                rule.DestinationMask = destination.Addresses.Value.Mask;
                rule.NotDestination = destination.Addresses.IsNegated;
                return true;
            case InInterfaceMatch entrance:
                rule.Entrances = RealmsOf(entrance.Interface, surroundings);
                return true;
            case OutInterfaceMatch exit:
                rule.Exits = RealmsOf(exit.Interface, surroundings);
                return true;
            case ProtocolMatch protocol:
                rule.HasProtocol = true;
                rule.Protocol = protocol.Protocol.Value;
                rule.NotProtocol = protocol.Protocol.IsNegated;
                return true;
            case StateMatch state when !rule.HasStates:
                FoldStates(state.States, ref rule);
                return true;
            case PortsMatch ports when !HasPorts(rule):
                FoldPorts(ports.SourcePorts, ports.DestinationPorts, ref rule);
                return true;
            case TcpMatch { Flags: null } tcp when !HasPorts(rule):
                FoldPorts(tcp.SourcePorts, tcp.DestinationPorts, ref rule);
                return true;
            default:
                return TryFoldConntrack(match as ConntrackMatch, ref rule);
        }
    }

    /// <summary>True if a condition stands where it was written among those of its rule; the others, of what every IP
    /// packet has, are asked first wherever they stand (ipt_do_table).</summary>
    public static bool IsModule(IRuleMatch match)
        => match is not (CommentMatch or SourceMatch or DestinationMatch or InInterfaceMatch or OutInterfaceMatch
            or ProtocolMatch);

    /// <summary>True if a condition's answer depends on what it was asked before.</summary>
    public static bool KeepsCount(IRuleMatch match) => match is LimitMatch or NthMatch or ConnlimitMatch;

    private static bool HasPorts(in CompiledRule rule)
        => rule.NotSourcePort || rule.NotDestinationPort
            || rule.SourcePortSpan != ushort.MaxValue || rule.DestinationPortSpan != ushort.MaxValue;

    // The modern way to write -m state, and nothing else asked.
    private static bool TryFoldConntrack(ConntrackMatch? match, ref CompiledRule rule)
    {
        if (match?.States is not { } states || rule.HasStates || match != new ConntrackMatch { States = states })
        {
            return false;
        }

        FoldStates(states, ref rule);
        return true;
    }

    private static void FoldStates(Condition<SessionStates> states, ref CompiledRule rule)
    {
        rule.HasStates = true;
        rule.States = (byte)states.Value;
        rule.NotStates = states.IsNegated;
    }

    private static void FoldPorts(
        Condition<RulePorts>? source, Condition<RulePorts>? destination, ref CompiledRule rule)
    {
        if (source is { } from)
        {
            rule.SourcePort = from.Value.First;
            rule.SourcePortSpan = (ushort)(from.Value.Last - from.Value.First);
            rule.NotSourcePort = from.IsNegated;
        }

        if (destination is { } to)
        {
            rule.DestinationPort = to.Value.First;
            rule.DestinationPortSpan = (ushort)(to.Value.Last - to.Value.First);
            rule.NotDestinationPort = to.IsNegated;
        }
    }

    private static byte RealmsOf(Condition<InterfacePattern> pattern, RuleSurroundings surroundings)
    {
        int realms = (pattern.Holds(pattern.Value.Fits(surroundings.InternalInterface)) ? InternalBit : 0)
            | (pattern.Holds(pattern.Value.Fits(surroundings.ExternalInterface)) ? ExternalBit : 0);
        return (byte)realms;
    }
}
