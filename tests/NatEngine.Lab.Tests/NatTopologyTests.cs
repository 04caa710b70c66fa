using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace NatEngine.Lab.Tests;

public sealed class NatTopologyTests
{
    private const string Masquerade =
        """
        table ip nat {
            chain postrouting {
                type nat hook postrouting priority srcnat
                oifname wan0 masquerade
            }
        }
        """;

    [RootTheory]
    [InlineData(1)]
    [InlineData(3)]
    public void Inside_hosts_reach_the_gateway_and_each_other_and_nothing_else(int hosts)
    {
        using NatTopology topology = NatTopology.Create("test", new NatTopologyOptions { InsideHosts = hosts });

        foreach (InsideHost inside in topology.Inside)
        {
            Assert.True(Pings(inside.Host, NatTopology.InternalAddress));
            Assert.True(Pings(inside.Host, topology.Inside[^1].Address));
            Assert.False(Pings(inside.Host, NatTopology.RemoteAddress, seconds: 1));
        }
    }

    [RootFact]
    public void The_remote_answers_nothing_that_is_not_translated()
    {
        using NatTopology topology = NatTopology.Create("test");
        topology.Gateway.SetForwarding(true);

        Assert.False(Pings(topology.Inside[0].Host, NatTopology.RemoteAddress, seconds: 1));

        topology.RouteInsideAtRemote();

        Assert.True(Pings(topology.Inside[0].Host, NatTopology.RemoteAddress));
    }

    [RootFact]
    public void The_remote_is_all_of_its_addresses()
    {
        using NatTopology topology = NatTopology.Create("test");

        foreach (IPAddress address in NatTopology.RemoteAddresses)
        {
            Assert.True(Pings(topology.Gateway, address));
        }

        Assert.True(Pings(topology.Gateway, IPAddress.Parse("198.51.100.77")));
        Assert.True(Pings(topology.Gateway, IPAddress.Parse("198.19.255.254")));
    }

    [RootFact]
    public void Hundreds_of_clients_with_an_address_each_go_out_through_one_masquerade()
    {
        const int Clients = 300;
        using NatTopology topology = NatTopology.Create("test", new NatTopologyOptions { InsideHosts = 2 });
        topology.Gateway.SetForwarding(true);
        topology.Gateway.ApplyNft(Masquerade);
        using Socket server = topology.Remote.CreateUdpSocket();
        server.ReceiveTimeout = 10_000;
        server.Bind(new IPEndPoint(NatTopology.RemoteAddress, 9));
        List<Socket> clients = [];
        HashSet<EndPoint> seen = [];

        for (int number = 0; number < Clients; number++)
        {
            InsideHost inside = topology.Inside[number % 2];
            Socket client = inside.Host.CreateUdpSocket();
            clients.Add(client);
            client.Bind(new IPEndPoint(inside.ClientAddress(number), 5000));
            client.ReceiveTimeout = 10_000;
            client.SendTo("hello"u8, new IPEndPoint(NatTopology.RemoteAddress, 9));
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            server.ReceiveFrom(new byte[16], ref from);
            seen.Add(from);
            server.SendTo("there"u8, from);
            Assert.Equal(5, client.Receive(new byte[16]));
        }

        clients.ForEach(client => client.Dispose());
        Assert.Equal(Clients, seen.Count);
        Assert.All(seen.Cast<IPEndPoint>(), from => Assert.Equal(NatTopology.ExternalAddress, from.Address));
    }

    [RootFact]
    public void A_gateway_without_an_external_address_leaves_it_to_whoever_owns_it()
    {
        using NatTopology topology = NatTopology.Create(
            "test", new NatTopologyOptions { AddressOnExternalInterface = false });

        Assert.False(Pings(topology.Remote, NatTopology.ExternalAddress, seconds: 1));
    }

    [Fact]
    public void Client_addresses_cross_the_octet()
    {
        InsideHost inside = new(null!, IPAddress.Parse("100.64.0.10"), IPNetwork.Parse("100.64.16.0/20"));

        Assert.Equal("100.64.16.1", inside.ClientAddress(0).ToString());
        Assert.Equal("100.64.17.0", inside.ClientAddress(255).ToString());
        Assert.Equal("100.64.31.254", inside.ClientAddress(InsideHost.ClientCount - 1).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => inside.ClientAddress(InsideHost.ClientCount));
    }

    // The time is waited out only where no answer comes.
    private static bool Pings(LabHost from, IPAddress to, int seconds = 20)
        => from.Run("ping", ["-c", "1", "-W", seconds.ToString(CultureInfo.InvariantCulture), to.ToString()]).Succeeded;
}
