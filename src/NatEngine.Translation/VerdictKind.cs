namespace NatEngine.Translation;

/// <summary>What is to be done with a packet.</summary>
public enum VerdictKind : byte
{
    /// <summary>Not judged: not a packet that translation concerns itself with, such as ARP.</summary>
    None,

    /// <summary>Rewrite it and send it on.</summary>
    Forward,

    /// <summary>Drop it and count why.</summary>
    Drop,

    /// <summary>A fragment that came before the first one of its packet, which alone has the ports. To be judged again
    /// when that one has been, or dropped if it does not come.</summary>
    Wait,
}
