using System;
using System.Net;

namespace NatEngine.Conformance;

/// <summary>What a NAT says of itself, in the words of natengine.json: what it claims is judged, what it does not claim
/// is listed with the setting that decides it.</summary>
public sealed record Contract
{
    /// <summary>When UDP mappings are reused.</summary>
    public Dependence UdpMapping { get; init; }

    /// <summary>When TCP mappings are reused.</summary>
    public Dependence TcpMapping { get; init; }

    /// <summary>Who may send to a UDP mapping.</summary>
    public Dependence UdpFiltering { get; init; } = Dependence.AddressAndPortDependent;

    /// <summary>Who may open a connection to a TCP mapping.</summary>
    public Dependence TcpFiltering { get; init; } = Dependence.AddressAndPortDependent;

    /// <summary>Whether sessions of UDP to different remote endpoints share an external port.</summary>
    public bool UdpOverload { get; init; }

    /// <summary>The same for TCP.</summary>
    public bool TcpOverload { get; init; }

    /// <summary>Whether one internal address always has the same external one.</summary>
    public bool PairedPooling { get; init; } = true;

    /// <summary>How many external addresses there are.</summary>
    public int ExternalAddresses { get; init; } = 1;

    /// <summary>Whether even ports stay even and odd ones odd.</summary>
    public bool PreservesParity { get; init; } = true;

    /// <summary>Whether well-known ports stay well-known.</summary>
    public bool PreservesRangeClass { get; init; }

    /// <summary>Whether a port that is not the internal one is a random one.</summary>
    public bool RandomPorts { get; init; } = true;

    /// <summary>How long a freed UDP port is left alone.</summary>
    public TimeSpan Quarantine { get; init; }

    /// <summary>Whether packets from outside prolong a session.</summary>
    public bool InboundRefresh { get; init; } = true;

    /// <summary>Whether resets out of the window are refused.</summary>
    public bool ChecksResets { get; init; }

    /// <summary>Whether there are destinations that are not translated.</summary>
    public bool HasUntranslatedDestinations { get; init; }

    /// <summary>Ports that one internal address may have; 0 for no limit.</summary>
    public int SubscriberPorts { get; init; }

    /// <summary>Sessions that one internal address may have; 0 for no limit.</summary>
    public int SubscriberSessions { get; init; }

    /// <summary>New sessions per second of one internal address; 0 for no limit.</summary>
    public int SubscriberRate { get; init; }

    /// <summary>Whether a stranger is told, in the end, that nobody wants his connection.</summary>
    public bool AnswersStrangers { get; init; } = true;

    /// <summary>How many lanes see to the traffic side by side: what is through one of them may wait in another, and
    /// none gives the ports of another.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Which of the lanes, from 0 on, sees to an internal host.</summary>
    public Func<IPAddress, int> LaneOf { get; init; } = _ => 0;

    /// <summary>How long sessions live.</summary>
    public ContractTimers Timers { get; init; } = new();

    /// <summary>Why scarcity of ports cannot be tried with this configuration; null if it can.</summary>
    public string? WhyNotFewPorts { get; init; }
}
