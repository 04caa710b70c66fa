using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Translation.Tests.Model;

/// <summary>A NAT for UDP that is slow and obvious: endpoint-independent mapping, address-and-port-dependent filtering,
/// one external address. It does not choose ports; it is told which was chosen, and says whether it could be.</summary>
internal sealed class ReferenceNat(PortRange ports, int maxSessions)
{
    private readonly Dictionary<TransportAddress, ushort> _mappings = [];
    private readonly List<ReferenceSession> _sessions = [];

    public int SessionCount => _sessions.Count;

    public int MappingCount => _mappings.Count;

    public int FreePorts => ports.Count - _mappings.Count;

    public void Collect(long now)
    {
        _sessions.RemoveAll(session => session.Deadline <= now);
        foreach (TransportAddress end in _mappings.Keys.ToList())
        {
            if (!_sessions.Any(session => session.Uses(end)))
            {
                _mappings.Remove(end);
            }
        }
    }

    /// <summary>What must become of an outbound packet; the port is checked by <see cref="Accept"/>.</summary>
    public DropReason Outbound(TransportAddress source, TransportAddress destination, long now, bool hairpin)
    {
        ReferenceSession? session = _sessions.Find(s => s.Connects(source, destination));
        TransportAddress peer = destination;
        if (hairpin)
        {
            TransportAddress? found = Owner(destination.Port);
            if (found is null)
            {
                return DropReason.NoMapping;
            }

            peer = found.Value;
            session = _sessions.Find(s => s.Connects(source, peer));
        }

        if (session is not null)
        {
            session.Touch(source, now);
            return DropReason.None;
        }

        if (_sessions.Count == maxSessions)
        {
            return DropReason.SessionTableFull;
        }

        if (!_mappings.ContainsKey(source) && FreePorts == 0)
        {
            return DropReason.PortsExhausted;
        }

        _sessions.Add(new ReferenceSession(source, peer, hairpin, now));
        return DropReason.None;
    }

    /// <summary>What must become of an inbound packet, and where it must go.</summary>
    public DropReason Inbound(TransportAddress remote, ushort port, long now, out TransportAddress destination)
    {
        destination = default;
        if (Owner(port) is not TransportAddress owner)
        {
            return DropReason.NoMapping;
        }

        ReferenceSession? session = _sessions.Find(s => s.Connects(owner, remote));
        if (session is null)
        {
            return DropReason.Filtered;
        }

        session.Touch(remote, now);
        destination = owner;
        return DropReason.None;
    }

    /// <summary>True if <paramref name="port"/> may be what stands for <paramref name="source"/>: the one it has, or a
    /// free one of the range, and its own if that is free.</summary>
    public bool Accept(TransportAddress source, ushort port)
    {
        if (_mappings.TryGetValue(source, out ushort has))
        {
            return has == port;
        }

        bool ownIsFree = ports.Contains(source.Port) && Owner(source.Port) is null;
        bool acceptable = ports.Contains(port) && Owner(port) is null && (!ownIsFree || port == source.Port);
        _mappings[source] = port;
        return acceptable;
    }

    private TransportAddress? Owner(ushort port)
        => _mappings.Where(pair => pair.Value == port).Select(pair => (TransportAddress?)pair.Key).SingleOrDefault();
}
