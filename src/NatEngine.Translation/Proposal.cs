using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>The session that a packet would open: decided, not made. What decides it stops where it is refused, and has
/// filled in what it had come to.</summary>
internal struct Proposal
{
    /// <summary>What its answers look like.</summary>
    public FlowTuple Reply;

    /// <summary>The hash of <see cref="Reply"/>.</summary>
    public ulong ReplyHash;

    /// <summary>What it is seen under, whose mapping it uses.</summary>
    public ExternalEnd End;

    /// <summary>The mapping that the packet asks for: of a hairpinned session's other end, or of whom a packet from
    /// outside visits; 0 if none.</summary>
    public uint Peer;

    /// <summary>A session with the same answers, whose time is over but that nobody has collected yet; 0 if none.
    /// </summary>
    public uint Expired;

    /// <summary>Where its packets come in.</summary>
    public SessionFlags Realms;

    /// <summary>What rules want with it.</summary>
    public SessionFlags Rules;
}
