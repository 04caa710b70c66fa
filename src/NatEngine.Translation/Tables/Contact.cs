using NatEngine.Packets;

namespace NatEngine.Translation.Tables;

/// <summary>Somebody outside whom sessions go to, as far as the behaviour wants to know: for address-dependent
/// filtering, a remote address and the mapping that it may send to; for overloading, a remote endpoint and the external
/// address that it sees. Or, if its last session is asked for, somebody inside.</summary>
internal struct Contact
{
    /// <summary>From whom, to what; the ports that do not matter are 0.</summary>
    public FlowTuple Key;

    /// <summary>How many sessions there are; while the place is free, the next free place.</summary>
    public uint Sessions;

    /// <summary>The first of them.</summary>
    public uint First;

    /// <summary>The set of the external ports that they leave free, if there are many; else 0.</summary>
    public uint Ports;
}
