using System;
using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>What a session was when somebody looked.</summary>
public readonly record struct SessionSnapshot
{
    /// <summary>A number of the session's own, never 0: no other session had it recently, and none has it
    /// now.</summary>
    public uint Id { get; init; }

    /// <summary>What packets of the direction of the opener look like when they come in.</summary>
    public FlowTuple Original { get; init; }

    /// <summary>What packets of the other direction look like when they come in.</summary>
    public FlowTuple Reply { get; init; }

    /// <summary>The transport protocol.</summary>
    public IpProtocol Protocol => Original.Protocol;

    /// <summary>The realm that packets of the original direction come in from.</summary>
    public Realm OriginalIngress { get; init; }

    /// <summary>The realm that packets of the reply direction come in from. Both are
    /// <see cref="Realm.Internal"/> in a hairpinned session.</summary>
    public Realm ReplyIngress { get; init; }

    /// <summary>The state of the connection; <see cref="TcpState.None"/> unless the protocol is TCP.</summary>
    public TcpState State { get; init; }

    /// <summary>How long the session lives if nothing more comes.</summary>
    public TimeSpan Remaining { get; init; }

    /// <summary>Packets in the original direction; a super-frame is one.</summary>
    public ulong OriginalPackets { get; init; }

    /// <summary>Packets in the reply direction.</summary>
    public ulong ReplyPackets { get; init; }

    /// <summary>Octets in the original direction, IPv4 headers included.</summary>
    public ulong OriginalOctets { get; init; }

    /// <summary>Octets in the reply direction.</summary>
    public ulong ReplyOctets { get; init; }

    /// <summary>True if a packet has come in the reply direction.</summary>
    public bool SeenReply { get; init; }

    /// <summary>True if both ends have shown that they want the session: a TCP handshake completed, or a UDP end that
    /// went on after it was answered.</summary>
    public bool Assured { get; init; }
}
