using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Host.Control;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Host.Hosting;

/// <summary>Answers who inside has an external port at the moment.</summary>
internal sealed class PortOwnersText(GatewayLanes lanes, IReadOnlyList<PoolOptions> pools)
{
    /// <summary>The protocols that have ports, or identifiers, by their words.</summary>
    internal static readonly IReadOnlyDictionary<string, IpProtocol> Protocols = new Dictionary<string, IpProtocol>
    {
        ["tcp"] = IpProtocol.Tcp,
        ["udp"] = IpProtocol.Udp,
        ["icmp"] = IpProtocol.Icmp,
    };

    /// <summary>Writes a line for each who has it.</summary>
    /// <param name="external">The external address and port, or identifier.</param>
    /// <param name="word">The protocol's word; null for all three.</param>
    /// <param name="response">Receives the lines.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exit code: 1 if nobody has it.</returns>
    internal async Task<int> AnswerAsync(
        TransportAddress external, string? word, ControlResponse response, CancellationToken cancellation)
    {
        bool found = false;
        bool isShared = false;
        foreach ((string name, IpProtocol protocol) in Protocols)
        {
            if (word is not null && word != name)
            {
                continue;
            }

            PortOwner[] owners = await lanes.AskAsync((translator, _) => translator.Owners.Of(external, protocol))
                .WaitAsync(cancellation).ConfigureAwait(false);
            isShared |= owners.Any(owner => owner.Kind == PortOwnership.Shared);
            foreach (PortOwner owner in owners)
            {
                if (owner.Kind is not (PortOwnership.None or PortOwnership.Shared))
                {
                    response.WriteLine($"{name,-4} {external}  {TextOf(owner)} of pool {pools[owner.Pool].Name}");
                    found = true;
                }
            }
        }

        found |= isShared && await ListAsync(external, word, response, cancellation).ConfigureAwait(false);
        if (!found)
        {
            response.WriteError($"natengine: nobody inside has {external}");
        }

        return found ? ExitCode.Success : ExitCode.Failure;
    }

    private static string TextOf(PortOwner owner) => owner.Kind switch
    {
        PortOwnership.Mapping => $"{owner.Internal}  mapping",
        PortOwnership.Published => $"{owner.Internal}  published service",
        PortOwnership.Block => $"{owner.Internal.Address}  block {owner.Ports}",
        _ => $"{owner.Internal.Address}  computed {owner.Ports}",
    };

    // A port that is shared is its sessions', of which there may be many.
    private async Task<bool> ListAsync(
        TransportAddress external, string? word, ControlResponse response, CancellationToken cancellation)
    {
        bool found = false;
        await foreach (SessionSnapshot session in
            lanes.ListSessionsAsync(cancellation).WithCancellation(cancellation).ConfigureAwait(false))
        {
            string name = session.Protocol.ToString().ToLowerInvariant();
            if (session.OriginalIngress != Realm.Internal || session.Reply.Destination != external
                || !Protocols.ContainsKey(name) || (word ?? name) != name)
            {
                continue;
            }

            response.WriteLine($"{name,-4} {external}  {session.Original.Source}  session with {session.Reply.Source}");
            found = true;
            if (response.IsFull)
            {
                await response.FlushAsync(cancellation).ConfigureAwait(false);
            }
        }

        return found;
    }
}
