using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

/// <summary>Several pools: who has which addresses, and which contract.</summary>
public sealed class PoolTests
{
    private const string Server = "198.51.100.7:53";

    private static readonly PoolOptions Games = new()
    {
        Name = "games",
        InternalPrefixes = [Prefix("100.64.7.0/24")],
        ExternalAddresses = [IPv4Address.Parse("203.0.113.7")],
        Behavior = TranslationBehavior.FullCone,
    };

    private static readonly PoolOptions Office = new()
    {
        Name = "office",
        InternalPrefixes = [Prefix("100.64.0.0/21"), Prefix("100.64.64.0/24")],
        ExternalAddresses = [IPv4Address.Parse("203.0.113.8")],
        Ports = new PortRange(2000, 2999),
        Behavior = TranslationBehavior.Symmetric,
    };

    private static readonly PoolOptions Boss = new()
    {
        Name = "boss",
        InternalPrefixes = [Prefix("100.64.7.9/32")],
        ExternalAddresses = [IPv4Address.Parse("203.0.113.9")],
    };

    public static TheoryData<string, string> Contradictions => new()
    {
        { "name twice", "pool games: Name: games: each pool has a name of its own, and 'default' is taken." },
        { "name of the default", "pool default: Name: default: each pool has a name of its own" },
        { "no name", "pool : Name: : each pool has a name of its own" },
        { "no prefix", "pool games: InternalPrefixes: none: a pool is for one internal prefix or more." },
        { "prefix twice", "pool other: InternalPrefixes: 100.64.7.0/24: the prefix is pool games's" },
        { "prefix outside", "pool outside: InternalPrefixes: 100.64.7.0/24: nobody in it is internal." },
        { "no address", "pool games: ExternalAddresses: 0 addresses: 1 to 4096 are needed." },
        { "ports of another", "pool other: Ports: 2000-3000: pool games has ports 1024-65535 of 203.0.113.7 already" },
        { "identifiers of another", "pool other: Behavior.Overload: True: ICMP identifiers of 203.0.113.7 are" },
        { "own contradiction", "pool games: Behavior.Mapping: EndpointIndependent: with overload a port is shared" },
        { "computed", "pool games: Deterministic.Ratio: 255: the 256 addresses of 100.64.7.0/24 do not fit" },
        { "pooling by protocol", "pool games: TcpBehavior.Pooling: Arbitrary: an internal address has one external" },
        { "quarantine by protocol", "pool games: TcpBehavior.Quarantine: 00:02:00: TCP ports are exempt from it" },
        { "256 pools", "Pools: 256 pools: at most 255." },
        { "4097 addresses", "ExternalAddresses: 4097 addresses: all pools together may have 4096." },
    };

    [Theory]
    [InlineData("100.64.7.1", "203.0.113.7")]
    [InlineData("100.64.7.9", "203.0.113.9")] // in three of them
    [InlineData("100.64.6.1", "203.0.113.8")]
    [InlineData("100.64.64.1", "203.0.113.8")]
    [InlineData("100.64.9.1", "203.0.113.1")] // in none
    public void The_longest_prefix_around_an_address_chooses_its_pool(string client, string external)
    {
        using Gateway gateway = Pools(Office, Games, Boss);
        foreach (byte[] frame in new[]
        {
            Frames.Udp(client + ":2001", Server),
            Frames.Tcp(client + ":2001", Server, TcpFlags.Syn),
            Frames.EchoRequest(client, "198.51.100.7", 9),
        })
        {
            Assert.StartsWith(external + ":", gateway.FromInside(frame).Source, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Each_pool_keeps_its_own_contract()
    {
        using Gateway gateway = Pools(Office, Games);
        string game = gateway.FromInside(Frames.Udp("100.64.7.1:5000", Server)).Source;
        string plain = gateway.FromInside(Frames.Udp("100.64.9.1:5000", Server)).Source;
        string first = gateway.FromInside(Frames.Udp("100.64.1.1:5000", Server)).Source;
        string second = gateway.FromInside(Frames.Udp("100.64.1.1:5000", "198.51.100.8:53")).Source;

        gateway.FromOutside(Frames.Udp("198.18.0.1:9", game)).MustLeave(
            Realm.Internal, "198.18.0.1:9", "100.64.7.1:5000");
        gateway.FromOutside(Frames.Udp("198.18.0.1:9", plain)).MustDrop(DropReason.Filtered);
        gateway.FromOutside(Frames.Udp("198.18.0.1:9", first)).MustDrop(DropReason.NoMapping);
        Assert.Equal(game, gateway.FromInside(Frames.Udp("100.64.7.1:5000", "198.18.0.2:1")).Source);
        Assert.NotEqual(first, second);
        Assert.All(new[] { first, second }, source => Assert.InRange(Frames.At(source).Port, 2000, 2999));
    }

    [Fact] // RFC 4787 REQ-9a
    public void Hairpinning_between_pools_shows_the_external_source()
    {
        using Gateway gateway = Pools(Office, Games);
        string game = gateway.FromInside(Frames.Udp("100.64.7.1:5000", Server)).Source;

        Outcome there = gateway.FromInside(Frames.Udp("100.64.1.1:2500", game));
        Assert.StartsWith("203.0.113.8:", there.Source, StringComparison.Ordinal);
        there.MustLeave(Realm.Internal, there.Source, "100.64.7.1:5000");

        gateway.FromInside(Frames.Udp("100.64.7.1:5000", there.Source)).MustLeave(
            Realm.Internal, game, "100.64.1.1:2500");
    }

    [Fact]
    public void Pools_share_an_address_when_each_has_ports_of_its_own()
    {
        PoolOptions low = Games with
        {
            ExternalAddresses = [IPv4Address.Parse(Gateway.External)],
            Ports = new PortRange(1024, 1999),
        };
        using Gateway gateway = new(options => options with { Pools = [low], Ports = new(2000, 65535) });
        string game = gateway.FromInside(Frames.Udp("100.64.7.1:5000", Server)).Source;
        string plain = gateway.FromInside(Frames.Udp("100.64.9.1:1500", Server)).Source;

        Assert.InRange(Frames.At(game).Port, 1024, 1999);
        Assert.InRange(Frames.At(plain).Port, 2000, 65535);
        Assert.True(gateway.FromOutside(Frames.Udp("198.18.0.1:9", game)).Forwarded);
        gateway.FromOutside(Frames.Udp("198.18.0.1:9", plain)).MustDrop(DropReason.Filtered);
        HashSet<string> identifiers = [];
        foreach (string host in new[] { "100.64.7.1", "100.64.7.2", "100.64.9.1", "100.64.9.2" })
        {
            Outcome asked = gateway.FromInside(Frames.EchoRequest(host, "198.51.100.7", 77));
            Assert.True(identifiers.Add(asked.Source));
            gateway.FromOutside(Frames.EchoReply("198.51.100.7", Gateway.External, Frames.At(asked.Source).Port))
                .MustLeave(Realm.Internal, "198.51.100.7:2048", host + ":77");
        }
    }

    [Fact]
    public void A_pool_that_is_full_refuses_its_own_and_nobody_else()
    {
        using Gateway gateway = Pools(Games with { Ports = new PortRange(5000, 5001) });
        for (int port = 1; port <= 2; port++)
        {
            Assert.True(gateway.FromInside(Frames.Udp($"100.64.7.1:{port}", Server)).Forwarded);
        }

        gateway.FromInside(Frames.Udp("100.64.7.1:3", Server)).MustDrop(DropReason.PortsExhausted);
        Assert.True(gateway.FromInside(Frames.Udp("100.64.9.1:3", Server)).Forwarded);
    }

    [Fact]
    public void Each_pool_has_its_own_blocks_quarantine_and_computed_ports()
    {
        PoolOptions computed = Games with
        {
            Deterministic = new DeterministicOptions(Prefix("100.64.7.0/25"), 128),
        };
        PoolOptions blocks = Boss with
        {
            InternalPrefixes = [Prefix("100.64.8.0/24")],
            Ports = new PortRange(1024, 1151),
            Blocks = new PortBlockOptions { Size = 64, MaxPerSubscriber = 1 },
            Behavior = TranslationBehavior.Cgn,
        };
        using Gateway gateway = Pools(computed, blocks);

        Assert.InRange(Frames.At(gateway.FromInside(Frames.Udp("100.64.7.1:1", Server)).Source).Port, 1528, 2031);
        gateway.FromInside(Frames.Udp("100.64.7.200:1", Server)).MustDrop(DropReason.NotInternal);
        for (int port = 0; port < 64; port++)
        {
            Assert.True(gateway.FromInside(Frames.Udp($"100.64.8.1:{5000 + port}", Server)).Forwarded);
        }

        gateway.FromInside(Frames.Udp("100.64.8.1:6000", Server)).MustDrop(DropReason.SubscriberQuota);
        gateway.Wait(121); // the sessions have ended; their ports rest for 120 s
        gateway.FromInside(Frames.Udp("100.64.8.1:6000", Server)).MustDrop(DropReason.SubscriberQuota);
        gateway.Wait(121);
        Assert.True(gateway.FromInside(Frames.Udp("100.64.8.1:6000", Server)).Forwarded);
    }

    [Fact]
    public void A_service_is_published_on_the_addresses_of_its_own_pool()
    {
        using Gateway gateway = new(options => options with
        {
            Pools = [Games],
            Published = [new PublishedService(IpProtocol.Tcp, 80, Frames.At("100.64.7.3:8080"))],
        });

        gateway.FromOutside(Frames.Tcp("198.18.0.1:999", "203.0.113.7:80", TcpFlags.Syn)).MustLeave(
            Realm.Internal, "198.18.0.1:999", "100.64.7.3:8080");
        gateway.FromOutside(Frames.Tcp("198.18.0.1:999", "203.0.113.1:80", TcpFlags.Syn))
            .MustDrop(DropReason.NoMapping);
    }

    [Fact] // RFC 4787 is about UDP, RFC 5382 about TCP
    public void Tcp_has_a_contract_of_its_own_if_it_is_told()
    {
        using Gateway gateway = new(options => options with
        {
            Behavior = TranslationBehavior.FullCone,
            TcpBehavior = TranslationBehavior.Symmetric,
        });
        string udp = gateway.FromInside(Frames.Udp("100.64.0.1:5000", Server)).Source;
        string tcp = gateway.FromInside(Frames.Tcp("100.64.0.1:5000", Server, TcpFlags.Syn)).Source;

        Assert.Equal(udp, gateway.FromInside(Frames.Udp("100.64.0.1:5000", "198.18.0.1:1")).Source);
        Assert.NotEqual(
            tcp, gateway.FromInside(Frames.Tcp("100.64.0.1:5000", "198.18.0.1:1", TcpFlags.Syn)).Source);
        Assert.True(gateway.FromOutside(Frames.Udp("198.18.0.9:9", udp)).Forwarded);
        gateway.FromOutside(Frames.Tcp("198.18.0.9:9", tcp, TcpFlags.Syn)).MustDrop(DropReason.NoMapping);
        Outcome echo = gateway.FromInside(Frames.EchoRequest("100.64.0.1", "198.51.100.7", 5));
        Assert.Equal(
            echo.Source, gateway.FromInside(Frames.EchoRequest("100.64.0.1", "198.51.100.8", 5)).Source);
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Contradiction_is_refused_naming_pool_key_value_and_rule(string which, string message)
    {
        InvalidOptionException error = Assert.Throws<InvalidOptionException>(() => Pools(Impossible(which)));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static PoolOptions[] Impossible(string which)
    {
        PoolOptions other = Games with { Name = "other", InternalPrefixes = [Prefix("100.64.1.0/24")] };
        return which switch
        {
            "name twice" => [Games, other with { Name = "games" }],
            "name of the default" => [Games with { Name = "default" }],
            "no name" => [Games with { Name = string.Empty }],
            "no prefix" => [Games with { InternalPrefixes = [] }],
            "prefix twice" => [Games, Boss with { Name = "other", InternalPrefixes = Games.InternalPrefixes }],
            "prefix outside" => [Games with { Name = "outside" }],
            "no address" => [Games with { ExternalAddresses = [] }],
            "ports of another" => [Games, other with { Ports = new PortRange(2000, 3000) }],
            "identifiers of another" =>
            [
                Games with { Ports = new PortRange(1024, 1999) },
                other with { Ports = new PortRange(2000, 3000), Behavior = TranslationBehavior.Symmetric },
            ],
            "own contradiction" => [Games with { Behavior = new TranslationBehavior { Overload = true } }],
            "computed" =>
                [Games with { Deterministic = new DeterministicOptions(Games.InternalPrefixes[0], 255) }],
            "pooling by protocol" =>
                [Games with { TcpBehavior = new TranslationBehavior { Pooling = PoolingBehavior.Arbitrary } }],
            "quarantine by protocol" => [Games with { TcpBehavior = TranslationBehavior.Cgn }],
            "256 pools" => Many(256, 1),
            _ => Many(2, 2048),
        };
    }

    // So many pools with so many addresses each.
    private static PoolOptions[] Many(int pools, int addresses)
    {
        PoolOptions[] many = new PoolOptions[pools];
        for (int pool = 0; pool < pools; pool++)
        {
            IPv4Address[] external = new IPv4Address[addresses];
            for (int index = 0; index < addresses; index++)
            {
                external[index] = new IPv4Address(
                    IPv4Address.Parse("198.18.0.0").Value + (uint)((pool * addresses) + index));
            }

            many[pool] = Games with
            {
                Name = $"pool {pool}",
                InternalPrefixes = [new IPv4Prefix(new IPv4Address(0x64400000 + ((uint)pool << 8)), 24)],
                ExternalAddresses = external,
            };
        }

        return many;
    }

    private static Gateway Pools(params PoolOptions[] pools) => new(options => options with
    {
        Pools = pools,
        InternalPrefixes = [Prefix(pools[0].Name == "outside" ? "100.65.0.0/16" : "100.64.0.0/16")],
    });

    private static IPv4Prefix Prefix(string text)
    {
        Assert.True(IPv4Prefix.TryParse(text, out IPv4Prefix prefix));
        return prefix;
    }
}
