using System.Text;
using NatEngine.Packets;

namespace NatEngine.Rules.Matches;

/// <summary><c>-p</c>: the protocol.</summary>
/// <param name="Protocol">The protocol field of the IPv4 header.</param>
public sealed record ProtocolMatch(Condition<IpProtocol> Protocol) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text)
        => text.Option("-p", new Condition<string>(ProtocolNames.NameOf(Protocol.Value), Protocol.IsNegated));
}
