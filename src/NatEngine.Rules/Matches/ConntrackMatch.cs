using System.Text;
using NatEngine.Packets;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m conntrack</c>: properties of the packet's session. Every one that is given must hold.</summary>
public sealed record ConntrackMatch : IRuleMatch
{
    /// <summary><c>--ctstate</c>; any of them fits.</summary>
    public Condition<SessionStates>? States { get; init; }

    /// <summary><c>--ctproto</c>.</summary>
    public Condition<IpProtocol>? Protocol { get; init; }

    /// <summary><c>--ctorigsrc</c>: the source of the packets that opened the session, before translation.</summary>
    public Condition<MaskedAddress>? OriginalSource { get; init; }

    /// <summary><c>--ctorigdst</c>: their destination, before translation.</summary>
    public Condition<MaskedAddress>? OriginalDestination { get; init; }

    /// <summary><c>--ctreplsrc</c>: the source of the answers, before translation.</summary>
    public Condition<MaskedAddress>? ReplySource { get; init; }

    /// <summary><c>--ctrepldst</c>: the destination of the answers, before translation.</summary>
    public Condition<MaskedAddress>? ReplyDestination { get; init; }

    /// <summary><c>--ctorigsrcport</c>.</summary>
    public Condition<PortRange>? OriginalSourcePorts { get; init; }

    /// <summary><c>--ctorigdstport</c>.</summary>
    public Condition<PortRange>? OriginalDestinationPorts { get; init; }

    /// <summary><c>--ctreplsrcport</c>.</summary>
    public Condition<PortRange>? ReplySourcePorts { get; init; }

    /// <summary><c>--ctrepldstport</c>.</summary>
    public Condition<PortRange>? ReplyDestinationPorts { get; init; }

    /// <summary><c>--ctdir</c>: true for packets of the direction that opened the session, false for the answers, null
    /// for both.</summary>
    public bool? IsOriginalDirection { get; init; }

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text)
    {
        text.Option("-m", "conntrack");
        if (States is { } states)
        {
            text.Option("--ctstate", new Condition<string>(SessionStateNames.Text(states.Value), states.IsNegated));
        }

        if (Protocol is { } protocol)
        {
            text.Option("--ctproto", new Condition<byte>((byte)protocol.Value, protocol.IsNegated));
        }

        Host(text, "--ctorigsrc", OriginalSource);
        Host(text, "--ctorigdst", OriginalDestination);
        Host(text, "--ctreplsrc", ReplySource);
        Host(text, "--ctrepldst", ReplyDestination);
        text.Option("--ctorigsrcport", OriginalSourcePorts)
            .Option("--ctorigdstport", OriginalDestinationPorts)
            .Option("--ctreplsrcport", ReplySourcePorts)
            .Option("--ctrepldstport", ReplyDestinationPorts);
        if (IsOriginalDirection is { } original)
        {
            text.Option("--ctdir", original ? "ORIGINAL" : "REPLY");
        }
    }

    // Unlike -s and -d, these are written without /32.
    private static void Host(StringBuilder text, string option, Condition<MaskedAddress>? addresses)
    {
        if (addresses is { } given)
        {
            string value = given.Value.Mask == uint.MaxValue
                ? given.Value.Address.ToString()
                : given.Value.ToString();
            text.Option(option, new Condition<string>(value, given.IsNegated));
        }
    }
}
