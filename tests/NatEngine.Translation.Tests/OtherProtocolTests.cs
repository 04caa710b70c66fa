using NatEngine.Packets;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

/// <summary>Protocols without ports, translated by address alone.</summary>
public sealed class OtherProtocolTests
{
    private const byte Gre = 47;

    [Theory]
    [InlineData(47)] // GRE
    [InlineData(50)] // ESP
    [InlineData(132)] // SCTP
    [InlineData(253)] // for experiments (RFC 3692)
    public void Pass_by_address_alone_if_told_to(byte protocol)
    {
        using Gateway gateway = Translating();
        gateway.FromInside(Frames.Other("100.64.0.2", "198.51.100.7", protocol))
            .MustLeave(Realm.External, "203.0.113.1:0", "198.51.100.7:0");
        gateway.FromOutside(Frames.Other("198.51.100.7", "203.0.113.1", protocol))
            .MustLeave(Realm.Internal, "198.51.100.7:0", "100.64.0.2:0");
        gateway.FromOutside(Frames.Other("198.51.100.8", "203.0.113.1", protocol)).MustDrop(DropReason.NoMapping);
        Assert.Equal(0, gateway.Translator.MappingCount);
        gateway.Wait(120);
        Assert.Equal(0, gateway.Translator.SessionCount);
    }

    [Theory] // their checksums cover the addresses
    [InlineData(33)]
    [InlineData(51)]
    [InlineData(136)]
    public void Are_refused_where_it_would_break_them(byte protocol)
    {
        using Gateway gateway = Translating();
        gateway.FromInside(Frames.Other("100.64.0.2", "198.51.100.7", protocol))
            .MustDrop(DropReason.UnsupportedProtocol);
    }

    [Fact]
    public void Serve_one_host_for_each_remote_one()
    {
        using Gateway gateway = Translating();
        Assert.True(gateway.FromInside(Frames.Other("100.64.0.2", "198.51.100.7", Gre)).Forwarded);
        gateway.FromInside(Frames.Other("100.64.0.3", "198.51.100.7", Gre)).MustDrop(DropReason.Conflict);
        Assert.True(gateway.FromInside(Frames.Other("100.64.0.3", "198.51.100.8", Gre)).Forwarded);
        Assert.True(gateway.FromInside(Frames.Other("100.64.0.3", "198.51.100.7", 50)).Forwarded);
        gateway.Wait(120, collect: false);
        Assert.True(gateway.FromInside(Frames.Other("100.64.0.3", "198.51.100.7", Gre)).Forwarded);
    }

    [Fact]
    public void Reach_no_external_address_from_inside()
    {
        using Gateway gateway = Translating();
        gateway.FromInside(Frames.Other("100.64.0.2", "203.0.113.1", Gre)).MustDrop(DropReason.NoMapping);
    }

    private static Gateway Translating() => new(options => options with { OtherProtocols = true });
}
