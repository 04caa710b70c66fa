using System.CommandLine;
using System.Linq;
using NatEngine.Host.Hosting;
using NatEngine.Packets;

namespace NatEngine.Host.Cli;

/// <summary><c>natengine ports who</c>: asks a running gateway.</summary>
internal static class PortsCommand
{
    internal static Command Create()
    {
        Command ports = new("ports", "Look at the external ports of a running gateway.");
        ports.Subcommands.Add(Who());
        return ports;
    }

    private static Command Who()
    {
        Command who = new(
            "who",
            "Print who inside has an external port now: by a mapping, a published service, a block, a computation, or "
            + "the sessions that share it. Exit code 1 if nobody has.");
        Argument<string> external = new("ADDRESS:PORT")
        {
            Description = "The external address and port; of ICMP, the identifier.",
        };
        external.Validators.Add(result =>
        {
            string text = result.Tokens.Single().Value;
            if (!TransportAddress.TryParse(text, out _))
            {
                result.AddError($"'{text}': must be ADDRESS:PORT, such as 203.0.113.1:5000");
            }
        });
        Option<string> protocol = new("-p", "--protocol")
        {
            Description = "tcp, udp or icmp. Default: all three.",
            HelpName = "PROTOCOL",
        };
        protocol.AcceptOnlyFromAmong([.. PortOwnersText.Protocols.Keys]);
        who.Arguments.Add(external);
        who.Options.Add(protocol);
        GatewayQuestion.Ask(
            who, parsed => $"ports who {parsed.GetValue(external)} {parsed.GetValue(protocol)}".TrimEnd());
        return who;
    }
}
