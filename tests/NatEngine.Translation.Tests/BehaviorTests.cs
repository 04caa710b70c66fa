using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

/// <summary>Mapping, filtering, pooling and choice of ports, each in all its kinds (RFC 4787 sections 4 and
/// 5).</summary>
public sealed class BehaviorTests
{
    private const string Inside = "100.64.0.2:4000";
    private const string Server = "198.51.100.7:53";
    private const string SameAddress = "198.51.100.7:54";
    private const string OtherAddress = "198.51.100.8:53";

    [Theory]
    [InlineData(MappingBehavior.EndpointIndependent, true, true)]
    [InlineData(MappingBehavior.AddressDependent, true, false)]
    [InlineData(MappingBehavior.AddressAndPortDependent, false, false)]
    public void Mapping_is_kept_as_far_as_the_behaviour_says(MappingBehavior mapping, bool samePort, bool otherAddress)
    {
        using Gateway gateway = With(new TranslationBehavior { Mapping = mapping, Ports = PortChoice.Random });
        string first = gateway.FromInside(Frames.Udp(Inside, Server)).Source;
        Assert.Equal(first, gateway.FromInside(Frames.Udp(Inside, Server)).Source);
        Assert.Equal(samePort, first == gateway.FromInside(Frames.Udp(Inside, SameAddress)).Source);
        Assert.Equal(otherAddress, first == gateway.FromInside(Frames.Udp(Inside, OtherAddress)).Source);
        gateway.Wait(120);
        Assert.Equal(0, gateway.Translator.MappingCount);
    }

    [Theory]
    [InlineData(FilteringBehavior.EndpointIndependent, true, true)]
    [InlineData(FilteringBehavior.AddressDependent, true, false)]
    [InlineData(FilteringBehavior.AddressAndPortDependent, false, false)]
    public void Filter_admits_whom_the_behaviour_says(FilteringBehavior filtering, bool samePort, bool otherAddress)
    {
        using Gateway gateway = With(new TranslationBehavior { Filtering = filtering });
        gateway.FromInside(Frames.Udp(Inside, Server));
        Assert.True(gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:4000")).Forwarded);
        foreach ((string stranger, bool admitted) in new[] { (SameAddress, samePort), (OtherAddress, otherAddress) })
        {
            Outcome outcome = gateway.FromOutside(Frames.Udp(stranger, "203.0.113.1:4000"));
            Assert.Equal(admitted ? DropReason.None : DropReason.Filtered, outcome.Reason);
            if (admitted)
            {
                outcome.MustLeave(Realm.Internal, stranger, Inside);
                gateway.FromInside(Frames.Udp(Inside, stranger))
                    .MustLeave(Realm.External, "203.0.113.1:4000", stranger);
            }
        }
    }

    [Fact]
    public void Open_filter_opens_connections_for_SYN_only()
    {
        using Gateway gateway = With(TranslationBehavior.FullCone);
        gateway.FromInside(Frames.Tcp(Inside, Server, TcpFlags.Syn));
        gateway.FromOutside(Frames.Tcp(OtherAddress, "203.0.113.1:4000", TcpFlags.Ack))
            .MustDrop(DropReason.NotAnOpening);
        gateway.FromOutside(Frames.Tcp(OtherAddress, "203.0.113.1:4000", TcpFlags.Syn))
            .MustLeave(Realm.Internal, OtherAddress, Inside);
    }

    [Fact]
    public void Open_filter_does_not_admit_answers_nobody_asked_for()
    {
        using Gateway gateway = With(TranslationBehavior.FullCone);
        gateway.FromInside(Frames.EchoRequest("100.64.0.2", "198.51.100.7", 9));
        gateway.FromOutside(Frames.EchoReply("198.51.100.8", "203.0.113.1", 9)).MustDrop(DropReason.Filtered);
    }

    [Fact] // the door that a session opened closes with it
    public void Address_dependent_filter_forgets_with_the_last_session()
    {
        using Gateway gateway = With(new TranslationBehavior { Filtering = FilteringBehavior.AddressDependent });
        gateway.FromInside(Frames.Udp(Inside, Server));
        gateway.Wait(60);
        gateway.FromInside(Frames.Udp(Inside, OtherAddress));
        gateway.Wait(60);
        gateway.FromOutside(Frames.Udp(SameAddress, "203.0.113.1:4000")).MustDrop(DropReason.Filtered);
        Assert.True(gateway.FromOutside(Frames.Udp("198.51.100.8:9", "203.0.113.1:4000")).Forwarded);
    }

    [Fact]
    public void Arbitrary_pooling_goes_on_to_the_next_address_and_paired_does_not()
    {
        foreach (PoolingBehavior pooling in Enum.GetValues<PoolingBehavior>())
        {
            using Gateway gateway = new(options => options with
            {
                ExternalAddresses = [IPv4Address.Parse("203.0.113.1"), IPv4Address.Parse("203.0.113.2")],
                Ports = new PortRange(5000, 5003),
                Behavior = new TranslationBehavior { Pooling = pooling },
            });
            HashSet<string> seen = [];
            int refused = 0;
            for (int port = 1; port <= 9; port++)
            {
                Outcome outcome = gateway.FromInside(Frames.Udp($"100.64.0.2:{port}", Server));
                refused += outcome.Forwarded ? 0 : 1;
                Assert.True(!outcome.Forwarded || seen.Add(outcome.Source));
            }

            Assert.Equal(pooling == PoolingBehavior.Paired ? 5 : 1, refused);
        }
    }

    [Fact]
    public void Sequential_ports_follow_each_other_round_the_range()
    {
        using Gateway gateway = new(options => options with
        {
            Ports = new PortRange(5000, 5004),
            Behavior = new TranslationBehavior { Ports = PortChoice.Sequential, PreserveParity = false },
        });
        for (int round = 0; round < 3; round++)
        {
            for (int port = 0; port < 5; port++)
            {
                Outcome outcome = gateway.FromInside(Frames.Udp($"100.64.0.2:{4000 + port}", Server));
                Assert.Equal(5000 + port, outcome.Tuple.Source.Port);
            }

            gateway.Wait(120);
        }
    }

    [Fact]
    public void Random_ports_are_not_the_internal_ones()
    {
        using Gateway gateway = With(TranslationBehavior.Cgn);
        int same = 0;
        for (int port = 4000; port < 4500; port++)
        {
            Outcome outcome = gateway.FromInside(Frames.Udp($"100.64.0.2:{port}", Server));
            Assert.Equal(port % 2, outcome.Tuple.Source.Port % 2);
            same += outcome.Tuple.Source.Port == port ? 1 : 0;
        }

        Assert.InRange(same, 0, 2);
    }

    [Fact] // RFC 7857 section 8, RFC 6056: a gateway that shares its address leaves the kernel's own ports alone.
    public void Random_ports_do_not_crowd_behind_a_gap()
    {
        PortRange gap = new(32768, 60999);
        using Gateway gateway = new(options => options with
        {
            Behavior = TranslationBehavior.Cgn,
            ExcludedPorts = [gap],
        });
        int behind = 0;
        for (int port = 4000; port < 6000; port++)
        {
            ushort external = gateway.FromInside(Frames.Udp($"100.64.0.2:{port}", Server)).Tuple.Source.Port;
            Assert.False(gap.Contains(external));
            behind += external is > 60999 and < 62024 ? 1 : 0;
        }

        // One port in 36 is among the thousand behind the gap; 56 of 2000 mappings are to be expected there, and
        // nearly half of them, 900, if every draw from the gap ended there.
        Assert.InRange(behind, 20, 100);
    }

    [Theory]
    [InlineData(MappingBehavior.EndpointIndependent, FilteringBehavior.AddressAndPortDependent)]
    [InlineData(MappingBehavior.AddressDependent, FilteringBehavior.AddressAndPortDependent)]
    [InlineData(MappingBehavior.AddressAndPortDependent, FilteringBehavior.EndpointIndependent)]
    public void Overload_is_refused_where_it_cannot_hold(MappingBehavior mapping, FilteringBehavior filtering)
    {
        TranslationBehavior behavior = new() { Mapping = mapping, Filtering = filtering, Overload = true };
        InvalidOptionException error = Assert.Throws<InvalidOptionException>(() => With(behavior));
        Assert.Equal(
            mapping == MappingBehavior.AddressAndPortDependent ? "Behavior.Filtering" : "Behavior.Mapping", error.Key);
        Assert.StartsWith("with overload ", error.Rule, StringComparison.Ordinal);
    }

    private static Gateway With(TranslationBehavior behavior) => new(options => options with { Behavior = behavior });
}
