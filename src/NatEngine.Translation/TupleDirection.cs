namespace NatEngine.Translation;

/// <summary>Which of a session's two directions a packet goes in, relative to the packet that opened it
/// (nf_conntrack's IP_CT_DIR_ORIGINAL and IP_CT_DIR_REPLY).</summary>
public enum TupleDirection : byte
{
    /// <summary>The direction of the packet that opened the session.</summary>
    Original,

    /// <summary>The direction of the packets that answer it.</summary>
    Reply,
}
