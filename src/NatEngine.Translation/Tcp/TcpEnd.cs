using System;
using NatEngine.Packets;

namespace NatEngine.Translation.Tcp;

/// <summary>What is known of one end of a connection: nf_conntrack's <c>ip_ct_tcp_state</c>.</summary>
internal struct TcpEnd
{
    /// <summary>The sequence number that follows what it has sent (td_end).</summary>
    public uint Sent;

    /// <summary>The sequence number that follows what the other end will take (td_maxend). Until the other end has
    /// answered a SYN, the number that follows that SYN.</summary>
    public uint Limit;

    /// <summary>The largest window that it has offered, in octets (td_maxwin); 0 if it has not been heard.</summary>
    public uint Window;

    /// <summary>The highest sequence number that it has said it expects (td_maxack); see
    /// <see cref="HasAcknowledged"/>.</summary>
    public uint Acknowledged;

    /// <summary>By how many bits its windows are shifted.</summary>
    public byte Scale;

    /// <summary>True if its SYN offers to scale windows.</summary>
    public bool OffersScale;

    /// <summary>True if it has acknowledged anything.</summary>
    public bool HasAcknowledged;

    /// <summary>An end whose SYN this is.</summary>
    /// <param name="syn">The segment.</param>
    /// <param name="end">The sequence number that follows it.</param>
    public static TcpEnd Opening(in PacketFacts syn, uint end) => new()
    {
        Sent = end,
        Limit = syn.TcpSequence + 1,
        Window = Math.Max(syn.TcpWindow, (ushort)1),
        Scale = syn.TcpWindowScale ?? 0,
        OffersScale = syn.TcpWindowScale is not null,
    };

    /// <summary>Takes note of what it acknowledges.</summary>
    public void Acknowledge(uint number)
    {
        if (!HasAcknowledged || SequenceNumber.IsAfter(number, Acknowledged))
        {
            Acknowledged = number;
            HasAcknowledged = true;
        }
    }
}
