using NatEngine.Packets;

namespace NatEngine.Translation.Ports;

/// <summary>Neighbouring ports of an external address, all of one internal address, or of nobody.</summary>
internal struct PortBlock
{
    /// <summary>Whose it is; means nothing while it is nobody's.</summary>
    public IPv4Address Owner;

    /// <summary>The owner's next block; <see cref="PortBlocks.None"/> after the last.</summary>
    public int Next;

    /// <summary>How many of its ports are in use or in quarantine.</summary>
    public int Used;

    /// <summary>When it was left unused, in milliseconds modulo 2^32, if it is.</summary>
    public uint IdleSince;

    /// <summary>Of the owned blocks that are unused, the one left before it.</summary>
    public int Older;

    /// <summary>Of the owned blocks that are unused, the one left after it.</summary>
    public int Newer;
}
