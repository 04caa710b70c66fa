namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>What a client waits for, each with a latency of its own.</summary>
internal enum LatencyPhase
{
    /// <summary>What a user waits for: the page, the file, the segment, the address, the answer to a datagram. In open
    /// loop from when it was due, otherwise from when it was begun.</summary>
    Response,

    /// <summary>A name's address, from the question to the answer.</summary>
    Lookup,

    /// <summary>A TCP connection.</summary>
    Connect,

    /// <summary>The first octet of an HTTP answer, from the request.</summary>
    FirstOctet,

    /// <summary>A datagram's way from the inside to the remote host.</summary>
    Outbound,

    /// <summary>A datagram's way from the remote host to the inside.</summary>
    Inbound,

    /// <summary>In open loop, what the generator itself began later than it was due. The response's latency contains
    /// it.
    /// </summary>
    Lag,
}
