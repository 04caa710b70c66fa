namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>Why a transaction failed. <see cref="FailureCauses.NameOf"/> gives the words of results and
/// reports.</summary>
public enum FailureCause
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The connection, or the datagram, was refused: an RST to a SYN, or ICMP port unreachable.</summary>
    ConnectRefused,

    /// <summary>No connection came about in time.</summary>
    ConnectTimeout,

    /// <summary>A gateway said that there is no way, or that it is prohibited (ICMP type 3).</summary>
    Unreachable,

    /// <summary>The connection was reset, or ended before the answer did.</summary>
    Reset,

    /// <summary>The connection stood, and the answer was not whole in time.</summary>
    ResponseTimeout,

    /// <summary>The answer was not 200 OK, or not HTTP.</summary>
    Http,

    /// <summary>The answer was whole, and other octets than were asked for.</summary>
    Corrupt,

    /// <summary>A name server did not answer in time.</summary>
    DnsTimeout,

    /// <summary>A name server answered, but not with the address.</summary>
    DnsError,

    /// <summary>A datagram of a game, or its answer, did not arrive in time.</summary>
    Lost,

    /// <summary>A segment of a video came later than it was to be shown.</summary>
    Late,

    /// <summary>The client had no port left to send from: the generator's own limit.</summary>
    NoPort,

    /// <summary>It was due, and the generator had too many under way to begin it. Counts as lost.</summary>
    Unsent,

    /// <summary>Anything else that the kernel reported.</summary>
    Other,
}
