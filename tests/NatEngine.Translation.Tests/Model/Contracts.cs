using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Model;

/// <summary>The contracts that the invariants are held against, each small enough to be filled by a few
/// hosts.</summary>
internal static class Contracts
{
    /// <summary>Sessions at most.</summary>
    public const int Sessions = 12;

    private static readonly PortRange Ports = new(4000, 4007);

    private static readonly Dictionary<string, Func<TranslationOptions, TranslationOptions>> ByName = new()
    {
        ["default"] = options => options,
        ["full-cone"] = options => options with { Behavior = TranslationBehavior.FullCone },
        ["cgn"] = options => options with { Behavior = TranslationBehavior.Cgn },
        ["symmetric"] = options => options with { Behavior = TranslationBehavior.Symmetric },
        ["netfilter"] = options => options with { Behavior = TranslationBehavior.Netfilter },
        ["address"] = options => options with
        {
            Behavior = new TranslationBehavior
            {
                Mapping = MappingBehavior.AddressDependent,
                Filtering = FilteringBehavior.AddressDependent,
            },
        },
        ["tcp apart"] = options => options with
        {
            Behavior = TranslationBehavior.FullCone,
            TcpBehavior = TranslationBehavior.Netfilter,
        },
        ["windows"] = options => options with { TcpWindows = TcpWindowTracking.Strict },
        ["liberal windows, overloaded"] = options => options with
        {
            TcpWindows = TcpWindowTracking.Liberal,
            Behavior = TranslationBehavior.Symmetric,
        },
        ["blocks"] = options => options with
        {
            Behavior = TranslationBehavior.Cgn,
            Blocks = new PortBlockOptions { Size = 2, MaxPerSubscriber = 2 },
        },
        ["computed"] = options => options with
        {
            Deterministic = new DeterministicOptions(new IPv4Prefix(IPv4Address.Parse("100.64.0.0"), 29), 4),
            ExternalAddresses = [IPv4Address.Parse("203.0.113.1"), IPv4Address.Parse("203.0.113.2")],
        },
        ["pools"] = options => options with
        {
            Ports = new PortRange(4004, 4007),
            TcpWindows = TcpWindowTracking.Strict,
            Pools =
            [
                PoolOf("100.64.0.2", "203.0.113.1", TranslationBehavior.FullCone) with
                {
                    Ports = new PortRange(4000, 4003),
                },
                PoolOf("100.64.0.3", "203.0.113.2", TranslationBehavior.Netfilter),
            ],
        },
        ["pools with blocks"] = options => options with
        {
            Pools =
            [
                PoolOf("100.64.0.3", "203.0.113.2", TranslationBehavior.Cgn) with
                {
                    Blocks = new PortBlockOptions { Size = 4, MaxPerSubscriber = 1 },
                },
            ],
        },
    };

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The options of one.</summary>
    public static TranslationOptions Of(string name, TranslationOptions options) => ByName[name](options with
    {
        Ports = Ports,
        MaxSessions = Sessions,
        Published = [new PublishedService(
                IpProtocol.Tcp, 4008, Frames.At("100.64.0.10:80"), IPv4Address.Parse("203.0.113.1"))],
    });

    /// <summary>Asserts that what a session shows outside is its host's to show.</summary>
    public static void AssertOwn(TranslationOptions options, SessionSnapshot session)
    {
        TransportAddress external = session.Reply.Destination;
        PoolOptions pool = options.PoolOf(session.Original.Source.Address);
        Assert.Contains(external.Address, pool.ExternalAddresses);
        if (session.Protocol == IpProtocol.Icmp)
        {
            return;
        }

        Assert.True(pool.Ports.Contains(external.Port) && !pool.ExcludedPorts.Any(gap => gap.Contains(external.Port)));
        if (pool.Deterministic is DeterministicOptions computed)
        {
            DeterministicPorts ports = new(computed.Prefix, computed.Ratio, pool.ExternalAddresses, pool.Ports);
            Assert.True(ports.TryReverse(external.Address, external.Port, out IPv4Address owner));
            Assert.Equal(owner, session.Original.Source.Address);
        }
    }

    private static PoolOptions PoolOf(string host, string external, TranslationBehavior behavior) => new()
    {
        Name = host,
        InternalPrefixes = [new IPv4Prefix(IPv4Address.Parse(host), 32)],
        ExternalAddresses = [IPv4Address.Parse(external)],
        Ports = Ports,
        Behavior = behavior,
    };
}
