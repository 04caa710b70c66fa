using System;
using System.Net;
using System.Net.Sockets;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;
using NatEngine.Packets;

namespace NatEngine.EndToEnd.Tests;

/// <summary>What iptables' rules let through, with real programs.</summary>
public sealed class RuledTrafficTests
{
    private const int TimedOut = 28; // curl(1)
    private const int Refused = 7;

    private const string Masquerade = "-A POSTROUTING -o wan0 -j MASQUERADE";

    private const string InsideOpens =
        ":FORWARD DROP [0:0]\n"
        + "-A FORWARD -m state --state ESTABLISHED,RELATED -j ACCEPT\n"
        + "-A FORWARD -i lan0 -m state --state NEW -j ACCEPT";

    // The lecture's: I may SSH to you, you may not to me, and both have the addresses that they always have.
    [RootFact]
    public void I_may_open_a_connection_to_you_and_you_may_not_to_me()
    {
        using RuledGateway gateway = RuledGateway.Start(nat: "", InsideOpens);
        using WebServer yours = WebServer.Start(gateway.Remote, NatTopology.RemoteAddress, 22);
        using WebServer mine = WebServer.Start(gateway.Client.Host, gateway.Client.Address, 22);

        string seen = Programs.Fetch(gateway.Client.Host, $"http://{NatTopology.RemoteAddress}:22/peer");
        ProgramResult back = RuledGateway.TryFetch(gateway.Remote, $"{gateway.Client.Address}:22");

        Assert.StartsWith($"{gateway.Client.Address}:", seen, StringComparison.Ordinal);
        Assert.Equal(TimedOut, back.ExitCode);
        Assert.InRange(gateway.Engine.Drops("RuleDropped"), 1, 10);

        // The way is there; only the rule was in it.
        gateway.Rules("add", "-I FORWARD -i wan0 -p tcp --dport 22 -j ACCEPT").EnsureSuccess();
        string allowed = Programs.Fetch(gateway.Remote, $"http://{gateway.Client.Address}:22/peer");
        Assert.StartsWith($"{NatTopology.RemoteAddress}:", allowed, StringComparison.Ordinal);
    }

    [RootFact]
    public void New_is_of_a_connection_and_not_of_a_host()
    {
        using RuledGateway gateway = RuledGateway.Start(nat: "", InsideOpens);
        using Socket listener = gateway.Remote.CreateTcpSocket();
        listener.Bind(new IPEndPoint(NatTopology.RemoteAddress, 22));
        listener.Listen();
        using Socket mine = gateway.Client.Host.CreateTcpSocket();
        mine.Connect(listener.LocalEndPoint!);
        using Socket yours = listener.Accept();
        yours.ReceiveTimeout = mine.ReceiveTimeout = 20_000;

        // On my connection you may say what you like; one of yours you may not open.
        yours.Send("hello"u8);
        Assert.Equal(5, mine.Receive(new byte[16]));
        using WebServer server = WebServer.Start(gateway.Client.Host, gateway.Client.Address, 80);
        Assert.Equal(TimedOut, RuledGateway.TryFetch(gateway.Remote, $"{gateway.Client.Address}:80").ExitCode);
        yours.Send("still there?"u8);
        Assert.Equal(12, mine.Receive(new byte[16]));
    }

    [RootFact]
    public void A_web_server_inside_is_published_by_DNAT_and_a_rule_of_FORWARD()
    {
        using RuledGateway gateway = RuledGateway.Start(
            "-A PREROUTING -d 203.0.113.1 -p tcp --dport 80 -j DNAT --to-destination 100.64.0.10:8000\n"
            + Masquerade,
            InsideOpens);
        using WebServer server = WebServer.Start(gateway.Client.Host, gateway.Client.Address, 8000);
        using WebServer outside = WebServer.Start(gateway.Remote, NatTopology.RemoteAddress, 80);
        string published = $"{NatTopology.ExternalAddress}:80";

        // Without its rule nobody comes through, and the kernel, whose address it is too, does not answer instead.
        Assert.Equal(TimedOut, RuledGateway.TryFetch(gateway.Remote, published).ExitCode);

        gateway.Rules("add", "-A FORWARD -d 100.64.0.10 -p tcp --dport 8000 -j ACCEPT").EnsureSuccess();
        string visitor = Programs.Fetch(gateway.Remote, $"http://{published}/peer", "--interface", "198.51.100.7");
        Assert.StartsWith("198.51.100.7:", visitor, StringComparison.Ordinal);

        string masqueraded = Programs.Fetch(gateway.Client.Host, $"http://{NatTopology.RemoteAddress}/peer");
        Assert.StartsWith($"{NatTopology.ExternalAddress}:", masqueraded, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_rejected_connection_is_refused_at_once()
    {
        using RuledGateway gateway = RuledGateway.Start(
            Masquerade, "-A FORWARD -i lan0 -p tcp --dport 80 -j REJECT --reject-with tcp-reset");
        using WebServer server = WebServer.Start(gateway.Remote, NatTopology.RemoteAddress, 80);

        ProgramResult refused = RuledGateway.TryFetch(gateway.Client.Host, $"{NatTopology.RemoteAddress}:80");

        Assert.Equal(Refused, refused.ExitCode);
        Assert.InRange(gateway.Engine.Drops("RuleRejected"), 1, 3); // a SYN is sent again if the answer takes a second
    }

    [RootFact]
    public void What_no_rule_translates_keeps_its_address_and_what_one_does_is_masqueraded()
    {
        using RuledGateway gateway = RuledGateway.Start(
            "-A POSTROUTING -d 198.51.100.0/24 -j ACCEPT\n" + Masquerade, filter: "");
        using WebServer near = WebServer.Start(gateway.Remote, IPAddress.Parse("198.51.100.7"), 80);
        using WebServer far = WebServer.Start(gateway.Remote, IPAddress.Parse("198.18.0.7"), 80);

        string own = Programs.Fetch(gateway.Client.Host, "http://198.51.100.7/peer");
        string masqueraded = Programs.Fetch(gateway.Client.Host, "http://198.18.0.7/peer");
        Assert.StartsWith("100.64.0.10:", own, StringComparison.Ordinal);
        Assert.StartsWith("203.0.113.1:", masqueraded, StringComparison.Ordinal);
    }

    [RootFact]
    public void What_a_rule_logs_reads_as_the_kernels_lines_do()
    {
        using RuledGateway gateway = RuledGateway.Start(
            Masquerade, "-A FORWARD -i lan0 -p tcp --syn -j LOG --log-prefix \"new session: \"");
        using WebServer server = WebServer.Start(gateway.Remote, NatTopology.RemoteAddress, 80);

        Programs.Fetch(gateway.Client.Host, $"http://{NatTopology.RemoteAddress}/peer");

        Programs.Await(() => gateway.Engine.Log.Contains("new session: ", StringComparison.Ordinal), "the line");
        string own = StationOf(gateway.Topology.Gateway, NatTopology.InternalInterface);
        string client = StationOf(gateway.Client.Host, InsideHost.Interface);
        Assert.Matches(
            $" warn  new session: IN=lan0 OUT=wan0 MAC={own}:{client}:08:00 "
            + @"SRC=100\.64\.0\.10 DST=203\.0\.113\.10 LEN=60 TOS=0x00 PREC=0x00 TTL=63 ID=\d+ DF "
            + @"PROTO=TCP SPT=\d+ DPT=80 WINDOW=\d+ SYN\n",
            gateway.Engine.Log);
    }

    [RootFact] // the frames' own, through rings and stages
    public void A_rule_knows_stations_by_their_hardware_addresses()
    {
        using RuledGateway gateway = RuledGateway.Start(Masquerade, filter: "");
        using WebServer server = WebServer.Start(gateway.Remote, NatTopology.RemoteAddress, 80);
        string client = StationOf(gateway.Client.Host, InsideHost.Interface);

        gateway.Rules("add", $"-A FORWARD -i lan0 -m mac ! --mac-source {client} -j DROP").EnsureSuccess();
        string seen = Programs.Fetch(gateway.Client.Host, $"http://{NatTopology.RemoteAddress}/peer");
        Assert.StartsWith($"{NatTopology.ExternalAddress}:", seen, StringComparison.Ordinal);

        gateway.Rules("add", $"-A FORWARD -m mac --mac-source {client} -p tcp -j REJECT --reject-with tcp-reset")
            .EnsureSuccess();
        ProgramResult refused = RuledGateway.TryFetch(gateway.Client.Host, $"{NatTopology.RemoteAddress}:80");
        Assert.Equal(Refused, refused.ExitCode);
    }

    // What docs/operations.md tells who wants REDIRECT. Answers must take the way by the gateway: because the proxy has
    // no other neighbour, or because it sees the gateway's address.
    [RootTheory]
    [InlineData(true, "100.64.0.10:")]
    [InlineData(false, "203.0.113.1:")]
    public void A_transparent_proxy_with_an_address_of_its_own_gets_what_was_for_any_web_server(
        bool hasOneNeighbour, string client)
    {
        string hairpin = hasOneNeighbour
            ? string.Empty
            : "-A POSTROUTING -o lan0 -d 100.64.0.11 -p tcp --dport 3128 -j MASQUERADE\n";
        using RuledGateway gateway = RuledGateway.Start(
            "-A PREROUTING -i lan0 ! -s 100.64.0.11 -p tcp --dport 80 -j DNAT --to-destination 100.64.0.11:3128\n"
            + hairpin + Masquerade,
            filter: "", insideHosts: 2);
        InsideHost proxy = gateway.Topology.Inside[1];
        if (hasOneNeighbour)
        {
            proxy.Host.Configure(
                $"addr flush dev {InsideHost.Interface}",
                $"addr add 100.64.0.11/32 dev {InsideHost.Interface}",
                $"route add 100.64.0.1/32 dev {InsideHost.Interface}",
                "route add default via 100.64.0.1");
        }

        using WebServer cache = WebServer.Start(proxy.Host, proxy.Address, 3128);
        using WebServer origin = WebServer.Start(gateway.Remote, NatTopology.RemoteAddress, 80);
        string seen = Programs.Fetch(gateway.Client.Host, "http://198.51.100.77/peer"); // nobody is there
        string fetched = Programs.Fetch(proxy.Host, $"http://{NatTopology.RemoteAddress}/peer");

        Assert.StartsWith(client, seen, StringComparison.Ordinal);
        Assert.StartsWith($"{NatTopology.ExternalAddress}:", fetched, StringComparison.Ordinal);
    }

    [RootFact]
    public void What_leads_to_the_gateway_itself_is_refused_with_its_place()
    {
        using RuledGateway gateway = RuledGateway.Start(Masquerade, filter: "");

        gateway.Write($"{Masquerade}\n-A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 3128", filter: "");
        ProgramResult redirect = gateway.Rules("reload");
        gateway.Write($"{Masquerade}\n-A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 100.64.0.1", filter: "");
        ProgramResult dnat = gateway.Rules("reload");

        Assert.All([redirect, dnat], result => Assert.Equal(1, result.ExitCode));
        Assert.Contains("rules.v4:3:36: REDIRECT: leads to the gateway", redirect.Error, StringComparison.Ordinal);
        Assert.Contains("rules.v4:3:36: DNAT: leads to the gateway", dnat.Error, StringComparison.Ordinal);
    }

    private static string StationOf(LabHost host, string interfaceName)
        => MacAddress.Read(host.LinkAddress(interfaceName).GetAddressBytes()).ToString();
}
