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
}
