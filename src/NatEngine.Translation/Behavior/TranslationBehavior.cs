using System;

namespace NatEngine.Translation;

/// <summary>How a NAT shows itself, in the terms of RFC 4787: a contract, which neither load nor conflict changes
/// (REQ-11). What it cannot keep it refuses, packet by packet.</summary>
public sealed record TranslationBehavior
{
    /// <summary>The most ports that a quarantine can be made for.</summary>
    public const int MostQuarantined = 16_777_216;

    /// <summary>What is sound and hides the inside: who the inside has talked to may answer, nobody else.</summary>
    public static TranslationBehavior Default { get; } = new();

    /// <summary>For games and calls: whoever knows the external endpoint reaches the inside.</summary>
    public static TranslationBehavior FullCone { get; } = new() { Filtering = FilteringBehavior.EndpointIndependent };

    /// <summary>For a carrier: as RFC 6888 wants it.</summary>
    public static TranslationBehavior Cgn { get; } = new()
    {
        Filtering = FilteringBehavior.EndpointIndependent,
        Ports = PortChoice.Random,
        Quarantine = TimeSpan.FromSeconds(120),
    };

    /// <summary>For the most sessions: one external port serves as many of them as there are remote
    /// endpoints.</summary>
    public static TranslationBehavior Symmetric { get; } = new()
    {
        Mapping = MappingBehavior.AddressAndPortDependent,
        Overload = true,
        Ports = PortChoice.Random,
    };

    /// <summary>As the kernel's masquerade (get_unique_tuple of nf_nat_core.c): the port of the source's last session
    /// if that is free towards the remote endpoint, else its own if that is, else a random one.</summary>
    /// <remarks>The kernel's timers are <see cref="TimerOptions.Netfilter"/>.</remarks>
    public static TranslationBehavior Netfilter { get; } = Symmetric with
    {
        Ports = PortChoice.Preserve,
        PreserveParity = false,
        ReuseSourcePort = true,
    };

    /// <summary>When an internal transport address keeps its external one.</summary>
    /// <remarks>Defaults to endpoint-independent (RFC 4787 REQ-1, RFC 5382 REQ-1).</remarks>
    public MappingBehavior Mapping { get; init; }

    /// <summary>Who outside may send to a mapping.</summary>
    /// <remarks>Defaults to address-and-port-dependent, the strictest that RFC 4787 section 5 knows: "new" from outside
    /// stays outside.</remarks>
    public FilteringBehavior Filtering { get; init; } = FilteringBehavior.AddressAndPortDependent;

    /// <summary>Whether sessions to different remote endpoints may share an external port (RFC 7857 section
    /// 3).</summary>
    /// <remarks>Defaults to false (RFC 4787 REQ-3). Needs address-and-port-dependent mapping and filtering: an external
    /// port that stands for several internal ends stands for none of them alone.</remarks>
    public bool Overload { get; init; }

    /// <summary>Whether, where external ports are shared, a session first asks for the port that its internal end's
    /// last session has, before another is chosen: an internal end then looks the same from everywhere for as long as
    /// nobody is in the way (the kernel's find_appropriate_src).</summary>
    /// <remarks>Defaults to false. Needs <see cref="Overload"/>; without it a mapping is kept anyway, or is not to
    /// be.</remarks>
    public bool ReuseSourcePort { get; init; }

    /// <summary>Which external address a new mapping gets.</summary>
    /// <remarks>Defaults to paired.</remarks>
    public PoolingBehavior Pooling { get; init; }

    /// <summary>Which external port a new mapping gets.</summary>
    /// <remarks>Defaults to preserve.</remarks>
    public PortChoice Ports { get; init; }

    /// <summary>Whether an even port becomes an even one and an odd port an odd one, as long as one is free.</summary>
    /// <remarks>Defaults to true (RFC 4787 REQ-4); RFC 7857 section 7 allows to do without.</remarks>
    public bool PreserveParity { get; init; } = true;

    /// <summary>Whether a well-known port (below 1024) becomes a well-known one, as long as one is free, and another
    /// never does.</summary>
    /// <remarks>Defaults to false: the well-known ports are left to the gateway. RFC 4787 REQ-3a recommends true, which
    /// needs <see cref="TranslationOptions.Ports"/> to have ports of both kinds.</remarks>
    public bool PreserveRangeClass { get; init; }

    /// <summary>How long a freed UDP port or ICMP identifier is left alone, so that what is still on its way to its
    /// last owner does not reach the next. TCP ports are free at once: their connections were followed to the
    /// end.</summary>
    /// <remarks>Defaults to zero, none; RFC 6888 REQ-8 wants 120 s of a carrier. At most an hour. Cannot be had
    /// together with <see cref="Overload"/>, where a port is never free of all owners.</remarks>
    public TimeSpan Quarantine { get; init; }

    /// <summary>How many ports are in quarantine at most; beyond that the one that has been there longest is freed.
    /// </summary>
    /// <remarks>Defaults to 65,536; 1 to 16,777,216 (RFC 6888 REQ-8 asks for a bound). Twelve octets each.</remarks>
    public int MaxQuarantined { get; init; } = 65_536;
}
