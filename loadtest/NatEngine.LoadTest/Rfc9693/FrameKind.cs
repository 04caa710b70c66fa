namespace NatEngine.LoadTest.Rfc9693;

/// <summary>What a frame of the tester is there for.</summary>
internal enum FrameKind : byte
{
    /// <summary>None of the tester's.</summary>
    None = 0,

    /// <summary>From inside; each opens a connection (RFC 9693 section 4.1, phase 1).</summary>
    Opening,

    /// <summary>From outside; one for each entry of the state table.</summary>
    Validation,

    /// <summary>From inside, of a connection that exists (phase 2).</summary>
    Outbound,

    /// <summary>From outside, of a connection that exists (phase 2).</summary>
    Inbound,

    /// <summary>From inside, opening a connection while others are measured. Nobody answers: over TCP, these are a SYN
    /// flood.</summary>
    Newcomer,

    /// <summary>From outside, a SYN from an address that nobody has, to the system's external address. Its number is
    /// no connection's, but a <see cref="StrangerNumber"/>.</summary>
    Stranger,
}
