using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NatEngine.Packets;

namespace NatEngine.Translation.Tables;

/// <summary>One session, both directions: all that a packet of it reads and writes, in one cache line
/// (<see cref="ColdSession"/> holds the rest).</summary>
/// <remarks>
/// The two tuples are the whole translation, as in nf_conntrack: a packet that fits one of them leaves as the reverse
/// of the other, and the checksum deltas of the one direction are the inverses of the other's.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = Octets)]
internal struct Session
{
    /// <summary>Size, in octets: a cache line.</summary>
    public const int Octets = 64;

    /// <summary>What packets look like when they come in, by direction. All zero if there is no session here.</summary>
    public Pair<FlowTuple> Tuples;

    /// <summary>When the session ends if nothing more comes, in milliseconds modulo 2^32.</summary>
    public uint Deadline;

    /// <summary>Packets so far, by direction; the carry goes to <see cref="ColdSession.PacketsHigh"/>.</summary>
    public Pair<uint> PacketsLow;

    /// <summary>Octets so far, IPv4 headers included; the carry goes to <see cref="ColdSession.OctetsHigh"/>.</summary>
    public Pair<uint> OctetsLow;

    /// <summary>See <see cref="Rewrite.NetworkDelta"/>, of the original direction.</summary>
    public ChecksumDelta NetworkDelta;

    /// <summary>See <see cref="Rewrite.TransportDelta"/>, of the original direction.</summary>
    public ChecksumDelta TransportDelta;

    /// <summary>What <see cref="Translator.SetNextHop"/> was given, by direction.</summary>
    public Pair<ushort> NextHops;

    /// <summary>The state of the connection; <see cref="TcpState.None"/> unless the protocol is TCP.</summary>
    public TcpState State;

    /// <summary>Which timer runs.</summary>
    public Timing.TimerKind Timer;

    /// <summary>What is known of the session.</summary>
    public SessionFlags Flags;

    /// <summary>The transport protocol.</summary>
    public readonly IpProtocol Protocol => Tuples[0].Protocol;

    /// <summary>True if a session is here.</summary>
    public readonly bool IsLive => Tuples[0].Protocol != IpProtocol.None;

    /// <summary>True if the session's time is over.</summary>
    public readonly bool IsExpired(uint now) => (int)(Deadline - now) <= 0;

    /// <summary>True if all of <paramref name="flags"/> are set.</summary>
    public readonly bool Has(SessionFlags flags) => (Flags & flags) == flags;

    /// <summary>True if a packet of <paramref name="direction"/> is to be held against the rules.</summary>
    public readonly bool Asks(TupleDirection direction)
        => ((int)Flags & ((int)SessionFlags.AskOriginal << (int)direction)) != 0;

    /// <summary>True if a packet of <paramref name="direction"/> is held against the rules: one that they are still to
    /// be asked about, or an ICMP error.</summary>
    public readonly bool Asks(TupleDirection direction, PacketKind kind)
        => Has(SessionFlags.Ruled) && (Asks(direction) || kind == PacketKind.IcmpError);

    /// <summary>The realm that packets of <paramref name="direction"/> come in from.</summary>
    public readonly Realm IngressOf(TupleDirection direction) => (Realm)(((int)Flags >> (int)direction) & 1);

    /// <summary>What packets of <paramref name="direction"/> leave as.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // see Verdict.SetForward
    public readonly Rewrite RewriteOf(TupleDirection direction)
    {
        Debug.Assert(IsLive, "Only a session rewrites.");
        bool original = direction == TupleDirection.Original;
        return new Rewrite(
            Tuples[1 - (int)direction].Reply(),
            original ? NetworkDelta : NetworkDelta.Inverse(),
            original ? TransportDelta : TransportDelta.Inverse());
    }
}
