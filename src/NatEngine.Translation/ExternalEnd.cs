using NatEngine.Packets;
using NatEngine.Translation.Ports;

namespace NatEngine.Translation;

/// <summary>What a session would be seen under: found, and nobody's until <see cref="ExternalEnds.Take"/>.</summary>
/// <remarks>To find one changes nothing, so that who only wants to know can ask, too. It is good as long as nothing
/// else is taken.</remarks>
internal struct ExternalEnd
{
    /// <summary>The mapping that has it; 0 if there is none, or none yet.</summary>
    public uint Mapping;

    /// <summary>The external transport address.</summary>
    public TransportAddress Address;

    /// <summary>The pool whose port is to be taken; null if no port is.</summary>
    public ExternalAddressPool? Pool;

    /// <summary>What a new mapping would be found by; means nothing if <see cref="IsShared"/>.</summary>
    public FlowTuple Key;

    /// <summary>The external address, by its number.</summary>
    public int Number;

    /// <summary>The ports among which one was looked for.</summary>
    public PortRange Within;

    /// <summary>How it was looked for.</summary>
    public PortChoice Choice;

    /// <summary>True if sessions with other remote ends may have the port, too, so that it gets no mapping.</summary>
    public bool IsShared;

    /// <summary>True if it is what the internal end's last session has.</summary>
    public bool IsReused;

    /// <summary>The block that the port is in, of a pool that gives blocks.</summary>
    public BlockPlace Block;

    /// <summary>The set of a remote endpoint with many sessions that the port is to be taken from; 0 if it has none of
    /// its own.</summary>
    public uint SharedSet;
}
