using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;

namespace NatEngine.Pipeline.Tests;

/// <summary>Connection requests from outside that nobody has asked for (RFC 5382 REQ-4).</summary>
public class UnsolicitedSynTests
{
    private const byte Syn = 0x02;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void Req4_is_refused_after_six_seconds_and_not_before()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] request = Packet.Tcp(Net.Server, 5000, Net.Outside, 22, Syn);
        gateway.FromRouter(request);
        gateway.Run();
        gateway.Pass(HeldSyns.HoldTime - Moment);
        Assert.Empty(gateway.TakeOutside());

        gateway.Pass(2 * Moment);
        Sent error = Assert.Single(gateway.TakeOutside());
        Assert.Equal((Net.Outside, Net.Server, Net.RouterMac), (error.Source, error.Destination, error.Station));
        Assert.Equal((3, 3), (error.IcmpType, error.IcmpCode));
        Assert.Equal(request.AsSpan(14), error.Embedded);
        Assert.Equal(1, gateway.Dropped(DropReason.NoMapping));
    }

    [Fact]
    public void Req4_is_dropped_silently_if_the_inside_opens_the_connection_meanwhile()
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromHost(Packet.Tcp(Net.Host, 4000, Net.Hop, 80, Syn));
        gateway.Run();
        ushort mapped = Assert.Single(gateway.TakeOutside()).SourcePort;
        byte[] request = Packet.Tcp(Net.Server, 5000, Net.Outside, mapped, Syn);
        gateway.FromRouter([.. request]);
        gateway.Run();
        Assert.Equal(1, gateway.Dropped(DropReason.Filtered));
        Assert.Empty(gateway.TakeInside());

        gateway.Pass(TimeSpan.FromSeconds(3));
        gateway.FromHost(Packet.Tcp(Net.Host, 4000, Net.Server, 5000, Syn));
        gateway.FromRouter(request); // sent again, as TCP does
        gateway.Run();
        Assert.Equal(mapped, Assert.Single(gateway.TakeOutside()).SourcePort);
        Sent passed = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Server, Net.Host), (passed.Source, passed.Destination));

        gateway.Pass(HeldSyns.HoldTime);
        Assert.Empty(gateway.TakeOutside());
    }

    [Fact]
    public void Req4a_is_dropped_silently_if_policy_says_so()
    {
        PipelineOptions owned = Gateway.Owned();
        using Gateway gateway = Gateway.Acquainted(
            owned with { External = owned.External with { AnswersStrangers = false } });
        gateway.FromRouter(Packet.Tcp(Net.Server, 5000, Net.Outside, 22, Syn));
        gateway.Run();
        gateway.Pass(HeldSyns.HoldTime + Moment);
        Assert.Empty(gateway.TakeOutside());
    }

    [Theory]
    [InlineData(0x10)] // acknowledgment
    [InlineData(0x12)] // of a request that nobody made
    [InlineData(0x04)] // reset
    [InlineData(0x06)] // both at once
    public void Only_requests_are_refused(byte flags)
    {
        using Gateway gateway = Gateway.Acquainted();
        gateway.FromRouter(Packet.Tcp(Net.Server, 5000, Net.Outside, 22, flags));
        gateway.Run();
        gateway.Pass(HeldSyns.HoldTime + Moment);
        Assert.Empty(gateway.TakeOutside());
    }

    [Fact]
    public void A_request_that_comes_again_is_refused_once()
    {
        using Gateway gateway = Gateway.Acquainted();
        for (int attempt = 0; attempt < 3; attempt++)
        {
            gateway.FromRouter(Packet.Tcp(Net.Server, 5000, Net.Outside, 22, Syn));
            gateway.Run();
            gateway.Pass(TimeSpan.FromSeconds(1));
        }

        gateway.Pass(HeldSyns.HoldTime);
        Assert.Single(gateway.TakeOutside());
    }

    [Fact]
    public void A_flood_of_requests_gets_so_many_answers_and_no_more()
    {
        using Gateway gateway = Gateway.Acquainted();
        for (ushort port = 1; port <= 1000; port++)
        {
            gateway.FromRouter(Packet.Tcp(Net.Server, port, Net.Outside, 22, Syn, payload: 1000));
            gateway.Run();
        }

        gateway.Pass(HeldSyns.HoldTime + TimeSpan.FromSeconds(1));
        IReadOnlyList<Sent> errors = gateway.TakeOutside();
        Assert.InRange(errors.Count, 1, HeldSyns.Capacity);
        Assert.All(errors, error => Assert.Equal((3, 3), (error.IcmpType, error.IcmpCode)));
        Assert.Equal(1000, gateway.Dropped(DropReason.NoMapping));

        gateway.FromRouter(Packet.Tcp(Net.Server, 5000, Net.Outside, 22, Syn));
        gateway.Run();
        gateway.Pass(HeldSyns.HoldTime + Moment);
        Assert.Single(gateway.TakeOutside());
    }
}
