using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;
using NatEngine.Translation.Explaining;

namespace NatEngine.Host.Explaining;

/// <summary>Says what becomes of a packet.</summary>
internal sealed class VerdictText(GatewayNames names)
{
    /// <summary>What becomes of it.</summary>
    internal string Of(PacketExplanation explanation)
    {
        string text = explanation.Fate switch
        {
            PacketFate.Forwarded => ForwardedOf(explanation),
            PacketFate.Dropped => $"dropped, {explanation.Reason}: {WhyOf(explanation)}",
            PacketFate.LeftToKernel when explanation.Reason == DropReason.None
                => "left to the kernel: it is for the machine itself",
            PacketFate.LeftToKernel
                => $"left to the kernel, whose address it is, too: {explanation.Reason}, so it is not translated",
            PacketFate.Answered => "answered by natengine, to which the address belongs",
            PacketFate.TurnsRound =>
                $"turns round in the gateway as {PacketText.Of(explanation.Translation!.Leaving)}, "
                + "to a host of another lane:",
            PacketFate.AsFirstFragment
                => "that of the first fragment of its packet, if it has come; else it waits for that",
            _ => "not forwarded: no IPv4 packet, or nothing could be read from it",
        };
        return explanation.Translation is { IsCertain: false }
            ? text + "; but a rule leaves it to chance, so it may be otherwise"
            : text;
    }

    private string ForwardedOf(PacketExplanation explanation)
    {
        Explanation translation = explanation.Translation!;
        bool isDrawn = translation.Port is { Origin: PortOrigin.Drawn };
        FlowTuple leaving = translation.Leaving;
        string seen = isDrawn
            ? $"{PacketText.Of(leaving)}, or with another "
                + (leaving.Protocol == IpProtocol.Icmp ? "identifier" : "port")
            : PacketText.Of(leaving);
        string text = $"forwarded by {names.Of(translation.Egress)} as {seen}";
        string neighbour = explanation.Hop!.Neighbour;
        return neighbour is "None" or "Incomplete" or "Failed"
            ? $"{text}, as soon as {explanation.Hop.NextHop} answers ARP"
            : text;
    }

    private static string WhyOf(PacketExplanation explanation)
    {
        string text = DropReasonText.Of(explanation.Reason);
        Explanation? translation = explanation.Translation;
        return (explanation.Reason, translation) switch
        {
            (DropReason.Filtered, { Session: not null })
                => $"{text}; packets of its session in this direction come in on the other side",
            (DropReason.Filtered, { Mapping: { } mapping })
                => $"{text}; filtering is {SettingWords.Of(mapping.Filtering)}: {AdmittedBy(mapping.Filtering)}",
            (DropReason.RuleRejected, { } rejected) => $"{text}; {AnswerOf(rejected.Rejection)}",
            _ => text,
        };
    }

    private static string AdmittedBy(FilteringBehavior filtering) => filtering switch
    {
        FilteringBehavior.EndpointIndependent => "everybody may answer, but not to what was never asked",
        FilteringBehavior.AddressDependent => "only addresses that the internal end has written to may answer",
        _ => "only whom the internal end has written to may answer, from that very port",
    };

    private static string AnswerOf(byte rejection) => rejection == Verdict.Reset
        ? "the answer is a TCP reset"
        : $"the answer is an ICMP destination unreachable, code {SettingTexts.Number(rejection)}";
}
