using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Translation.Policy;

namespace NatEngine.Translation;

/// <summary>How a <see cref="Translator"/> behaves, for as long as it lives.</summary>
public sealed record TranslationOptions
{
    /// <summary>The name of the pool that is made of the options themselves.</summary>
    public const string DefaultPool = "default";

    /// <summary>External addresses of all pools together: more would reserve more than three gigabytes of address space
    /// for port tables.</summary>
    public const int MostExternalAddresses = 4096;

    /// <summary>The addresses that the outside sees. At least one; they need not be neighbours (RFC 6888 REQ-3).
    /// </summary>
    /// <remarks>An internal address keeps the external address that it is given unless
    /// <see cref="TranslationBehavior.Pooling"/> says otherwise. At most 4096.</remarks>
    public required IReadOnlyList<IPv4Address> ExternalAddresses { get; init; }

    /// <summary>The contract: how the NAT shows itself.</summary>
    /// <remarks>Defaults to <see cref="TranslationBehavior.Default"/>.</remarks>
    public TranslationBehavior Behavior { get; init; } = TranslationBehavior.Default;

    /// <summary>The contract for TCP, if it is another than that for UDP and ICMP queries. Pooling and quarantine are
    /// common to all.</summary>
    /// <remarks>Defaults to null: <see cref="Behavior"/> is for TCP too.</remarks>
    public TranslationBehavior? TcpBehavior { get; init; }

    /// <summary>Other external addresses, or ports, for some of the internal addresses.</summary>
    /// <remarks>Defaults to none. What is said here of addresses, ports and behaviour is the pool of all the others. At
    /// most 255.</remarks>
    public IReadOnlyList<PoolOptions> Pools { get; init; } = [];

    /// <summary>The TCP and UDP ports that dynamic mappings use on each external address.</summary>
    /// <remarks>Defaults to 1024–65535: RFC 4787 section 4.2.2 asks that the well-known ports be left alone and that
    /// the rest be used in full. ICMP identifiers are always used in full.</remarks>
    public PortRange Ports { get; init; } = new(1024, 65535);

    /// <summary>Ports of its own for each internal address, by computation.</summary>
    /// <remarks>Defaults to none: they share. Needs paired pooling and no <see cref="ExcludedPorts"/> among
    /// <see cref="Ports"/>, and cannot be had together with overloading or with
    /// <see cref="TranslationBehavior.PreserveRangeClass"/>. ICMP identifiers are shared all the same.</remarks>
    public DeterministicOptions? Deterministic { get; init; }

    /// <summary>Ports in blocks, each of one internal address.</summary>
    /// <remarks>Defaults to none: ports are given one by one. Needs what <see cref="Deterministic"/> needs, and cannot
    /// be had together with it. ICMP identifiers are given one by one all the same.</remarks>
    public PortBlockOptions? Blocks { get; init; }

    /// <summary>Ports that dynamic mappings leave alone: on an address shared with the kernel, those that its own
    /// sockets use.</summary>
    public IReadOnlyList<PortRange> ExcludedPorts { get; init; } = [];

    /// <summary>Services that the outside may open sessions to.</summary>
    public IReadOnlyList<PublishedService> Published { get; init; } = [];

    /// <summary>The addresses that are translated. A packet from inside with another source is dropped.</summary>
    /// <remarks>Defaults to none given: any address but the external ones.</remarks>
    public IReadOnlyList<IPv4Prefix> InternalPrefixes { get; init; } = [];

    /// <summary>Destinations that the inside reaches under its own addresses: packets to them keep their source, and
    /// their answers are let in.</summary>
    /// <remarks>Defaults to none (RFC 6888 REQ-6).</remarks>
    public IReadOnlyList<UntranslatedDestination> UntranslatedDestinations { get; init; } = [];

    /// <summary>Whether protocols other than TCP, UDP and ICMP are translated, by address alone.</summary>
    /// <remarks>
    /// <para>Defaults to false: they are refused. An answer names no port, so towards one remote address an external
    /// address can serve one internal host at a time for each protocol; the next one is refused as a conflict. Nobody
    /// outside can open such a session.</para>
    /// <para>UDP-Lite, DCCP and the authentication header are refused all the same: their checksums cover the
    /// addresses. SCTP's does not.</para>
    /// </remarks>
    public bool OtherProtocols { get; init; }

    /// <summary>How many sessions there may be. Address space for all of them is reserved at start, about 140 octets
    /// each; memory is used as they come.</summary>
    /// <remarks>Defaults to 1,048,576; 1 to 100 million.</remarks>
    public int MaxSessions { get; init; } = 1 << 20;

    /// <summary>What one internal address may have at most.</summary>
    /// <remarks>Defaults to no limits.</remarks>
    public SubscriberLimits Subscribers { get; init; } = new();

    /// <summary>How many mappings there may be.</summary>
    /// <remarks>Defaults to 0: as many as <see cref="MaxSessions"/>. Published services come on top.</remarks>
    public int MaxMappings { get; init; }

    /// <summary>Whether a TCP segment from inside that is neither SYN nor RST opens a session.</summary>
    /// <remarks>Defaults to true, as nf_conntrack_tcp_loose does: connections survive a restart of the gateway whenever
    /// their port can be preserved. From outside such a segment never does.</remarks>
    public bool MidStreamPickup { get; init; } = true;

    /// <summary>What is made of the sequence numbers of TCP segments.</summary>
    /// <remarks>Defaults to off. With either of the others each session takes another 64 octets, and a connection
    /// cannot be reset by whoever guesses its ports alone (RFC 7857 section 2.2).</remarks>
    public TcpWindowTracking TcpWindows { get; init; }

    /// <summary>Whether a packet from outside prolongs its session.</summary>
    /// <remarks>Defaults to true (RFC 4787 REQ-6a leaves it open); packets from inside always do (REQ-6). A session
    /// whose inside never says anything more lives on only with this.</remarks>
    public bool InboundRefresh { get; init; } = true;

    /// <summary>What sessions must pass, and how they are translated; see <see cref="Translator.Adopt"/>.</summary>
    /// <remarks>Defaults to none: whatever opens from inside is translated, and nothing is refused by rule.</remarks>
    public RuleProgram? Rules { get; init; }

    /// <summary>How many events of <see cref="Translator.Log"/> wait at most: of mappings, of blocks of ports, and of
    /// sessions without either.</summary>
    /// <remarks>Defaults to 0: nothing is written down. At most 16,777,216, of 40 octets each, taken at
    /// start.</remarks>
    public int LogCapacity { get; init; }

    /// <summary>Which of the ports and hosts are this translator's, if several share the addresses.</summary>
    /// <remarks>Defaults to none: all of them are. Cannot be had together with <see cref="Deterministic"/>; blocks of
    /// ports must lie in one stripe each.</remarks>
    public LaneSlice? Slice { get; init; }

    /// <summary>Tells whether a packet with a tuple that comes in from a realm comes to this translator, if several
    /// share the addresses and ask rules: a session whose answers do not is refused.</summary>
    /// <remarks>Defaults to none: all do.</remarks>
    public Func<FlowTuple, Realm, bool>? IsOwn { get; init; }

    /// <summary>How long sessions live.</summary>
    public TimerOptions Timers { get; init; } = new();

    /// <summary>All pools: that of whoever is in no prefix of the others, named <see cref="DefaultPool"/>, and
    /// <see cref="Pools"/>.</summary>
    public IReadOnlyList<PoolOptions> AllPools()
        =>
        [
            new PoolOptions
            {
                Name = DefaultPool,
                InternalPrefixes = [],
                ExternalAddresses = ExternalAddresses,
                Ports = Ports,
                ExcludedPorts = ExcludedPorts,
                Behavior = Behavior,
                TcpBehavior = TcpBehavior,
                Deterministic = Deterministic,
                Blocks = Blocks,
            },
            .. Pools,
        ];

    /// <summary>The pool of an internal address.</summary>
    public PoolOptions PoolOf(IPv4Address internalAddress)
        => Pools
            .SelectMany(pool => pool.InternalPrefixes, (pool, prefix) => (Pool: pool, Prefix: prefix))
            .Where(entry => entry.Prefix.Contains(internalAddress))
            .OrderByDescending(entry => entry.Prefix.Length)
            .Select(entry => entry.Pool)
            .FirstOrDefault(AllPools()[0]);

    /// <summary>The external addresses that a service is published on.</summary>
    public IReadOnlyList<IPv4Address> AddressesOf(PublishedService service)
        => service.ExternalAddress is IPv4Address only ? [only] : PoolOf(service.Internal.Address).ExternalAddresses;

    /// <summary>Returns if the options can hold; a <see cref="Translator"/> does the same.</summary>
    /// <exception cref="InvalidOptionException">They cannot: one is out of bounds, or two contradict each other.
    /// </exception>
    public void Validate() => OptionsValidation.Validate(this);
}
