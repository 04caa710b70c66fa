using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.EndToEnd.Tests.Judges;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>
/// A NAT that preserves ports looks endpoint-independent until a second host wants the same port. So a neighbour talks
/// to one of the judge's servers from the port first, and only then is the judge asked.
/// </summary>
public sealed class FakeIndependenceTests
{
    private const int Port = 21_000;

    private const string Independent = "NAT with Endpoint Independent Mapping!";

    [RootTheory]
    [InlineData("default", "Address and Port Dependent")]
    [InlineData("full-cone", "Endpoint Independent")]
    [InlineData("cgn", "Endpoint Independent")]
    public void Independent_mapping_stays_so_when_a_neighbour_has_the_port(string preset, string filtering)
    {
        using GatewayNetwork network = GatewayNetwork.Start(GatewayKind.NatEngine, options: ["--preset", preset]);
        using StunServer server = StunServer.Start(network.Remote);
        using Socket neighbour = TalkToSecondServer(network, out IPEndPoint theirs);

        using NatDiscovery mapping = Ask(network, "-m");
        Assert.Equal(Independent, mapping.Verdict());
        using NatDiscovery filter = Ask(network, "-f");
        Assert.Equal($"NAT with {filtering} Filtering!", filter.Verdict());

        // One external end for all that the client said, and not the neighbour's.
        IPEndPoint ours = Assert.Single(new HashSet<IPEndPoint>([.. mapping.Reflexive(), .. filter.Reflexive()]));
        Assert.NotEqual(theirs, ours);
        Assert.Equal(theirs, AskWhoIAm(neighbour));
    }

    // The same port is two hosts' at a time, towards different servers, and whoever has it second towards one of them
    // gets another there: what overloading is, and what the kernel does.
    [RootTheory]
    [InlineData("netfilter")]
    [InlineData(null)]
    public void Overloaded_port_is_shared_and_the_judge_finds_out(string? preset)
    {
        using GatewayNetwork network = preset is null
            ? GatewayNetwork.Start(GatewayKind.Masquerade)
            : GatewayNetwork.Start(GatewayKind.NatEngine, options: ["--preset", preset]);
        using StunServer server = StunServer.Start(network.Remote);
        using Socket neighbour = TalkToSecondServer(network, out IPEndPoint theirs);
        Assert.Equal(new IPEndPoint(NatTopology.ExternalAddress, Port), theirs);

        using NatDiscovery mapping = Ask(network, "-m");

        Assert.NotEqual(Independent, mapping.Verdict());
        IReadOnlyList<IPEndPoint> ours = mapping.Reflexive();
        Assert.Equal(theirs, ours[0]);
        Assert.NotEqual(theirs, ours[1]);
        Assert.Equal(theirs, AskWhoIAm(neighbour));
    }

    private static NatDiscovery Ask(GatewayNetwork network, string test)
        => NatDiscovery.Start(network.Client.Host, new IPEndPoint(network.Client.Address, Port), test);

    private static Socket TalkToSecondServer(GatewayNetwork network, out IPEndPoint mapped)
    {
        Socket socket = network.Neighbour.Host.CreateUdpSocket();
        socket.Bind(new IPEndPoint(network.Neighbour.Address, Port));
        socket.Connect(StunServer.Second);
        socket.ReceiveTimeout = (int)NatEngineProcess.Patience.TotalMilliseconds;
        mapped = AskWhoIAm(socket);
        return socket;
    }

    private static IPEndPoint AskWhoIAm(Socket socket)
    {
        socket.Send(StunBinding.Request);
        byte[] answer = new byte[1500];
        return StunBinding.MappedAddress(answer.AsSpan(0, socket.Receive(answer)));
    }
}
