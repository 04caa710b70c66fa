namespace NatEngine.Pipeline.Stages;

/// <summary>What becomes of a frame before anything is translated.</summary>
internal enum FrameSort : byte
{
    /// <summary>A packet from a host to a host, through us and not to us: translation decides.</summary>
    Translate,

    /// <summary>ARP, for us or for all.</summary>
    Arp,

    /// <summary>Another station's, a broadcast, another protocol, or addressed to the machine itself.</summary>
    LeaveToKernel,

    /// <summary>No router may forward between such addresses.</summary>
    Martian,

    /// <summary>An echo request to an address that the engine alone has.</summary>
    AnswerEcho,

    /// <summary>To an address of ours on the inside, with nothing behind it.</summary>
    NoMapping,

    /// <summary>From inside, and its time to live is used up.</summary>
    Expired,
}
