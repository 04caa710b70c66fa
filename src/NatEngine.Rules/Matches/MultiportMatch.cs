using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m multiport</c>: one of several ports.</summary>
/// <param name="Side">Which port is looked at.</param>
/// <param name="Ports">The ports that fit. A packet fits a negated condition if none of them is its port.</param>
public sealed record MultiportMatch(PortSide Side, Condition<ValueList<PortRange>> Ports) : IRuleMatch
{
    /// <summary>How many ports a list may have; a range counts as two (XT_MULTI_PORTS).</summary>
    public const int MaxPorts = 15;

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text)
    {
        string option = Side switch
        {
            PortSide.Source => "--sports",
            PortSide.Destination => "--dports",
            _ => "--ports",
        };
        text.Option("-m", "multiport")
            .Option(option, new Condition<string>(string.Join(',', Ports.Value), Ports.IsNegated));
    }
}
