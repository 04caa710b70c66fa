using System;
using System.Buffers.Binary;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Rules;
using NatEngine.Translation;
using NatEngine.Translation.Policy;

namespace NatEngine.Pipeline.Tests;

/// <summary>What a sender hears when a rule says REJECT.</summary>
public sealed class RejectionTests
{
    [Theory]
    [InlineData("icmp-port-unreachable", 3)]
    [InlineData("icmp-net-unreachable", 0)]
    [InlineData("icmp-proto-unreachable", 2)]
    [InlineData("icmp-admin-prohibited", 13)]
    public void Tells_the_sender_by_icmp(string answer, int code)
    {
        using Gateway gateway = Gateway.Acquainted(translation: Rejecting($"-p udp -j REJECT --reject-with {answer}"));
        byte[] refused = Packet.Udp(Net.Host, 4000, Net.Server, 53);
        gateway.FromHost(refused);
        gateway.Run();
        Sent error = Assert.Single(gateway.TakeInside());
        Assert.Equal((Net.Inside, Net.Host, Net.HostMac), (error.Source, error.Destination, error.Station));
        Assert.Equal((3, code), (error.IcmpType, error.IcmpCode));
        Assert.Equal(refused.AsSpan(14), error.Embedded);
        Assert.Equal(1, gateway.Dropped(DropReason.RuleRejected));
    }

    [Fact] // RFC 9293 section 3.10.7.1: sequence number zero, and all that was sent acknowledged
    public void Resets_a_connection_in_the_name_of_the_server()
    {
        using Gateway gateway = Gateway.Acquainted(translation: Rejecting("-p tcp -j REJECT --reject-with tcp-reset"));
        gateway.FromHost(Packet.Tcp(Net.Host, 4000, Net.Server, 80, (byte)TcpFlags.Syn));
        gateway.Run();
        Sent reset = Assert.Single(gateway.TakeInside());
        Assert.Empty(gateway.TakeOutside());
        Assert.Equal((Net.Server, Net.Host, Net.HostMac), (reset.Source, reset.Destination, reset.Station));
        Assert.Equal((80, 4000), (reset.SourcePort, reset.DestinationPort));
        Assert.Equal(TcpFlags.Rst | TcpFlags.Ack, (TcpFlags)reset.Payload[13]);
        Assert.Equal((0u, 1u), (Number(reset, 4), Number(reset, 8)));
    }

    [Fact]
    public void Never_answers_a_reset()
    {
        using Gateway gateway = Gateway.Acquainted(translation: Rejecting("-p tcp -j REJECT --reject-with tcp-reset"));
        gateway.FromHost(Packet.Tcp(Net.Host, 4000, Net.Server, 80, (byte)TcpFlags.Rst));
        gateway.Run();
        Assert.Empty(gateway.TakeInside());
        Assert.Empty(gateway.TakeOutside());
    }

    private static uint Number(Sent segment, int offset)
        => BinaryPrimitives.ReadUInt32BigEndian(segment.Payload[offset..]);

    private static TranslationOptions Rejecting(string rule)
    {
        TranslationOptions options = Gateway.Translation();
        RuleReading reading = RuleFile.Read($"*filter\n-A FORWARD {rule}\nCOMMIT\n", "rules");
        RuleSurroundings surroundings = new()
        {
            InternalInterface = "lan0",
            ExternalInterface = "wan0",
            ExternalAddresses = options.ExternalAddresses,
            Ports = options.Ports,
        };
        RuleProgram? program = RuleProgram.TryCompile(reading.Rules, surroundings, out _);
        Assert.NotNull(program);
        return options with { Rules = program };
    }
}
