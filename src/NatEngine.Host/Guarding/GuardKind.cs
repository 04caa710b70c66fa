namespace NatEngine.Host.Guarding;

/// <summary>What the guard is made of.</summary>
internal enum GuardKind
{
    /// <summary>Programs where the kernel has them and this process may load them, else nft tables.</summary>
    Auto,

    /// <summary>An extended BPF program at each interface.</summary>
    Bpf,

    /// <summary>An nft table of family netdev for each interface.</summary>
    Nft,
}
