namespace NatEngine.Translation.Tables;

/// <summary>What a session has that its packets do not touch.</summary>
internal struct ColdSession
{
    /// <summary>The mapping of the end that opened the session, or of the published service; while the place is free,
    /// the next free place.</summary>
    public uint Mapping;

    /// <summary>In a hairpinned session, the mapping of the other end; else 0.</summary>
    public uint PeerMapping;

    /// <summary>A number of the session's own, never 0, different from that of its predecessors in this
    /// place.</summary>
    public uint Id;

    /// <summary>Bits 32 to 63 of the octets, by direction.</summary>
    public Pair<uint> OctetsHigh;

    /// <summary>Bits 32 to 47 of the packets, by direction.</summary>
    public Pair<ushort> PacketsHigh;
}
