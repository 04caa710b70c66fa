using System;
using System.Collections.Generic;
using System.Globalization;
using NatEngine.Lab;

namespace NatEngine.Conformance.Systems;

/// <summary>The kernel's NAT, as most Linux gateways have it: nftables masquerade, answers in, strangers out.</summary>
public sealed class NetfilterSystem : ISystemUnderTest
{
    // Documentation/networking/nf_conntrack-sysctl.rst; all are a namespace's own.
    private static readonly Dictionary<string, int> Shortened = new()
    {
        ["udp_timeout"] = ShortenedTimers.UdpUnreplied,
        ["udp_timeout_stream"] = ShortenedTimers.Udp,
        ["icmp_timeout"] = ShortenedTimers.IcmpQuery,
        ["tcp_timeout_established"] = ShortenedTimers.TcpEstablished,
        ["tcp_timeout_syn_sent"] = ShortenedTimers.TcpOpening,
        ["tcp_timeout_syn_recv"] = ShortenedTimers.TcpOpening,
        ["tcp_timeout_close"] = ShortenedTimers.TcpClosing,
        ["tcp_timeout_time_wait"] = ShortenedTimers.TcpClosing,
    };

    private readonly string? _rules;
    private readonly IReadOnlyDictionary<string, int> _timers = Shortened;

    /// <summary>Holds the kernel to what natengine claims, but for the timers: those are its own.</summary>
    public NetfilterSystem(Contract contract)
        : this(
            contract with
            {
                // The defaults of nf_conntrack_proto_udp.c, _tcp.c and _icmp.c. An opening connection is one that has
                // sent SYN, the longer of two; a closed one is one that was reset, the shortest.
                Timers = new ContractTimers
                {
                    Udp = TimeSpan.FromSeconds(120),
                    UdpUnreplied = TimeSpan.FromSeconds(30),
                    IcmpQuery = TimeSpan.FromSeconds(30),
                    TcpEstablished = TimeSpan.FromDays(5),
                    TcpOpening = TimeSpan.FromSeconds(120),
                    TcpClosing = TimeSpan.FromSeconds(10),
                },
                HasUntranslatedDestinations = false,
                SubscriberPorts = 0,
                SubscriberSessions = 0,
                SubscriberRate = 0,
                Quarantine = TimeSpan.Zero,
                WhyNotFewPorts = null,
                Lanes = 1,
                LaneOf = _ => 0,
            },
            null)
    {
    }

    /// <summary>Holds other rules to a contract.</summary>
    /// <param name="contract">What is claimed.</param>
    /// <param name="rules">For <c>nft -f</c>; null for the usual ones.</param>
    /// <param name="timers">Those of <see cref="Arrangement.ShortTimers"/>, as sysctls without their common prefix;
    /// null for the ones that the probes expect.</param>
    internal NetfilterSystem(Contract contract, string? rules, IReadOnlyDictionary<string, int>? timers = null)
    {
        Contract = contract;
        _rules = rules;
        _timers = timers ?? Shortened;
    }

    /// <inheritdoc/>
    public string Name => "netfilter";

    /// <inheritdoc/>
    public Contract Contract { get; }

    /// <inheritdoc/>
    public IDisposable Start(LabHost gateway, Arrangement arrangement)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        gateway.ApplyNft(_rules ?? Rules(arrangement));
        gateway.SetForwarding(true);
        foreach ((string timer, int seconds) in arrangement == Arrangement.ShortTimers
            ? _timers
            : new Dictionary<string, int>())
        {
            gateway.SetSysctl(
                $"net.netfilter.nf_conntrack_{timer}", seconds.ToString(CultureInfo.InvariantCulture));
        }

        if (arrangement == Arrangement.FewPorts)
        {
            gateway.SetSysctl(
                "net.netfilter.nf_conntrack_udp_timeout",
                ScarceResources.UdpUnreplied.ToString(CultureInfo.InvariantCulture));
        }

        return new Nothing();
    }

    private static string Rules(Arrangement arrangement)
    {
        int last = ScarceResources.FirstPort + ScarceResources.Ports(lanes: 1) - 1;
        string few = arrangement == Arrangement.FewPorts
            ? $"oifname wan0 meta l4proto {{ tcp, udp }} masquerade to :{ScarceResources.FirstPort}-{last}"
            : string.Empty;
        return $$"""
            table ip nat {
                chain postrouting {
                    type nat hook postrouting priority srcnat
                    {{few}}
                    oifname wan0 masquerade
                }
            }
            table ip filter {
                chain forward {
                    type filter hook forward priority filter; policy drop
                    ct state established,related accept
                    iifname lan0 accept
                }
            }
            """;
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
            // The lab takes the rules with it.
        }
    }
}
