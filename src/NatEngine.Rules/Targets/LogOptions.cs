using System;

namespace NatEngine.Rules.Targets;

/// <summary>What <c>LOG</c> writes more about a packet.</summary>
[Flags]
public enum LogOptions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>--log-tcp-sequence</c>: sequence and acknowledgement numbers.</summary>
    TcpSequence = 1,

    /// <summary><c>--log-tcp-options</c>: the TCP options.</summary>
    TcpOptions = 2,

    /// <summary><c>--log-ip-options</c>: the IP options.</summary>
    IPOptions = 4,

    /// <summary><c>--log-uid</c>: whose socket it was; packets that go through have none.</summary>
    User = 8,

    /// <summary><c>--log-macdecode</c>: the hardware addresses, taken apart.</summary>
    MacDecode = 16,
}
