namespace NatEngine.Packets.Headers;

/// <summary>The operation field of an ARP packet (RFC 826).</summary>
public enum ArpOperation : ushort
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>Who has the target address?</summary>
    Request = 1,

    /// <summary>The sender has the address.</summary>
    Reply = 2,
}
