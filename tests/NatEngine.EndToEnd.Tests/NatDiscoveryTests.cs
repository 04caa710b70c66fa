using System.Collections.Generic;
using System.Net;
using NatEngine.EndToEnd.Tests.Judges;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>
/// Each preset as coturn's <c>turnutils_natdiscovery</c> sees it (RFC 5780), and the kernel's masquerade beside them.
/// The table in docs/rfc-compliance.md is this one.
/// </summary>
public sealed class NatDiscoveryTests(AllDiscoveries all) : IClassFixture<AllDiscoveries>
{
    private const string Independent = "Endpoint Independent";
    private const string Dependent = "Address and Port Dependent";

    public static TheoryData<string> Names => [.. AllDiscoveries.Names];

    /// <summary>Those that give an internal port the same external one, if it is free.</summary>
    public static TheoryData<string> Preserving => ["default", "full-cone", "netfilter", AllDiscoveries.Masquerade];

    [RootTheory]
    [InlineData("default", Independent)]
    [InlineData("full-cone", Independent)]
    [InlineData("cgn", Independent)]
    [InlineData("symmetric", Dependent)]
    [InlineData("netfilter", Independent)] // because the port is free; what becomes of it if not: FakeIndependenceTests
    [InlineData(AllDiscoveries.Masquerade, Independent)]
    public void Maps(string name, string expected)
    {
        Assert.Equal($"NAT with {expected} Mapping!", all.Of(name).Mapping.Verdict());
        Assert.Equal($"NAT with {expected} Mapping!", all.Of(name).PaddedMapping.Verdict());
    }

    [RootTheory]
    [InlineData("default", Dependent)]
    [InlineData("full-cone", Independent)]
    [InlineData("cgn", Independent)]
    [InlineData("symmetric", Dependent)]
    [InlineData("netfilter", Dependent)]
    [InlineData(AllDiscoveries.Masquerade, Dependent)]
    public void Filters(string name, string expected)
    {
        Assert.Equal($"NAT with {expected} Filtering!", all.Of(name).Filtering.Verdict());
        Assert.Equal($"NAT with {expected} Filtering!", all.Of(name).PaddedFiltering.Verdict());
    }

    [RootTheory]
    [InlineData("default", true)]
    [InlineData("full-cone", true)]
    [InlineData("cgn", true)]
    [InlineData("symmetric", false)] // A shared port has no owner for a packet that nobody has asked for.
    [InlineData("netfilter", false)]
    [InlineData(AllDiscoveries.Masquerade, false)]
    public void Hairpins(string name, bool expected) => Assert.Equal(expected, all.Of(name).Hairpin.IsHairpinned());

    [RootTheory]
    [MemberData(nameof(Names))]
    public void Remembers_a_mapping_for_as_long_as_its_timer_says(string name)
    {
        Assert.Equal(0, all.Of(name).ShortSilence.Silences());
        Assert.Equal(1, all.Of(name).LongSilence.Silences());
    }

    [RootTheory]
    [MemberData(nameof(Names))]
    public void Keeps_two_internal_addresses_with_one_port_apart(string name)
    {
        IReadOnlyList<IPEndPoint> ends = all.Of(name).Collision.Reflexive();

        Assert.Equal(2, ends.Count);
        Assert.All(ends, end => Assert.Equal(NatTopology.ExternalAddress, end.Address));
        Assert.NotEqual(ends[0].Port, ends[1].Port);
    }

    [RootTheory]
    [MemberData(nameof(Preserving))]
    public void Preserves_a_port_that_is_free(string name)
    {
        Assert.All(
            all.Of(name).Mapping.Reflexive(), end => Assert.Equal(Discoveries.MappingPort, end.Port));
        Assert.Equal(Discoveries.CollisionPort, all.Of(name).Collision.Reflexive()[0].Port);
    }
}
