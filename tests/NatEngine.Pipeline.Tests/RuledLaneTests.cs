using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Translation;
using NatEngine.Translation.Policy;
using PortRange = NatEngine.Translation.PortRange;

namespace NatEngine.Pipeline.Tests;

/// <summary>Sessions that rules open are one lane's both ways, whichever lane the kernel gives their packets to.
/// </summary>
public class RuledLaneTests
{
    private const string Masquerade = "-A POSTROUTING -o wan0 -j MASQUERADE";
    private const string Reflect = "-A POSTROUTING -o lan0 -j MASQUERADE";
    private const string Published = "-A PREROUTING -d 203.0.113.1/32 -p udp --dport 53 -j DNAT --to-destination ";

    public static TheoryData<int, int, bool> Ways()
    {
        TheoryData<int, int, bool> ways = [];
        foreach (int arrival in new[] { 0, 1 })
        {
            ways.Add(arrival, 5, true);
            ways.Add(arrival, 6, true);
            ways.Add(arrival, 5, false);
            ways.Add(arrival, 6, false);
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_service_that_a_rule_publishes_is_answered_from_it(int arrival, int host, bool answersThere)
    {
        using TwoLanes gateway = Gateway($"{Published}100.64.0.{host}:5300\n{Masquerade}");

        gateway.FromOutside(arrival, Packet.Udp(Net.Server, 4000, Net.Outside, 53));
        gateway.Run();
        Sent asked = Assert.Single(gateway.TakeInside());
        gateway.FromInside(
            answersThere ? arrival : 1 - arrival, Packet.Udp(asked.Destination, 5300, Net.Server, 4000));
        gateway.Run();
        Sent answer = Assert.Single(gateway.TakeOutside());

        Assert.Equal(($"100.64.0.{host}", 5300), ($"{asked.Destination}", asked.DestinationPort));
        Assert.Equal((Net.Outside, 53, Net.Server, 4000), Ends(answer));
        Assert.Equal(1, Sessions(gateway));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_host_inside_reaches_it_under_the_external_address(int arrival, int host, bool isReflected)
    {
        // Without reflection the two must be of different networks for the answer to come this way: here it does.
        using TwoLanes gateway = Gateway(
            $"{Published}100.64.0.{host}:5300\n{(isReflected ? Reflect : "")}\n{Masquerade}");
        IPv4Address asker = host == 5 ? Net.SecondHost : Net.Host;

        gateway.FromInside(arrival, Packet.Udp(asker, 4000, Net.Outside, 53));
        gateway.Run();
        Sent asked = Assert.Single(gateway.TakeInside());
        gateway.FromInside(1 - arrival, Packet.Udp(asked.Destination, 5300, asked.Source, asked.SourcePort));
        gateway.Run();
        Sent answer = Assert.Single(gateway.TakeInside());

        Assert.Equal(isReflected ? Net.Outside : asker, asked.Source);
        Assert.Equal((Net.Outside, 53, asker, 4000), Ends(answer));
        Assert.Equal((1, 0), (Sessions(gateway), gateway.Dropped(DropReason.AnswersElsewhere)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_mapping_of_another_host_is_met_in_its_lane_and_rules_are_asked_once(int arrival)
    {
        using TwoLanes gateway = Gateway(
            $"{Reflect}\n{Masquerade}", "-A FORWARD -i lan0 -o lan0 -m state --state NEW -j ACCEPT");
        gateway.FromInside(0, Packet.Udp(Net.SecondHost, 5000, Net.Server, 53));
        gateway.Run();
        ushort mapped = Assert.Single(gateway.TakeOutside()).SourcePort;

        gateway.FromInside(arrival, Packet.Udp(Net.Host, 4000, Net.Outside, mapped));
        gateway.Run();
        Sent asked = Assert.Single(gateway.TakeInside());
        gateway.FromInside(arrival, Packet.Udp(Net.SecondHost, 5000, asked.Source, asked.SourcePort));
        gateway.Run();

        Assert.Equal((Net.Outside, mapped, Net.Host, 4000), Ends(Assert.Single(gateway.TakeInside())));
        Assert.Equal(2, Sessions(gateway));
        Assert.Equal(1u, Counted(gateway).Filter.Find("FORWARD")!.Rules[0].Counters.Packets);
    }

    [Theory]
    [InlineData(0, 0, 1, 2)]
    [InlineData(1, 2, 1, 0)]
    [InlineData(0, 1, 0, 2)]
    [InlineData(1, 1, 2, 0)]
    public void Fragments_from_inside_follow_the_first_one_to_the_lane_of_the_port(int arrival, params int[] order)
    {
        using TwoLanes gateway = Gateway($"{Published}100.64.0.6:5300\n{Reflect}\n{Masquerade}");
        List<byte[]> pieces = Pieces.Cut(
            Packet.Udp(Net.Host, 4000, Net.Outside, 53, payload: 4000), 1480, identification: 0x4711);

        foreach (int place in order)
        {
            gateway.FromInside(arrival, pieces[place]);
            gateway.Run();
        }

        Sent whole = Pieces.Join(gateway.TakeInside());
        Assert.Equal((Net.SecondHost, 5300), (whole.Destination, whole.DestinationPort));
        Assert.Equal(4008, whole.Payload.Length);
        Assert.Equal(1, Sessions(gateway));
    }

    [Fact]
    public void An_answer_that_would_come_to_another_lane_is_not_waited_for()
    {
        // Published by a setting: the asker keeps his address, and the lower of the two decides where answers come to.
        (IPv4Address asker, IPv4Address host) = TwoLanes.LaneOf(Net.Host) == TwoLanes.LaneOf(Net.SecondHost)
            ? throw new InvalidOperationException("two hosts of one lane")
            : (Net.Host, Net.SecondHost);
        using TwoLanes gateway = Gateway(Masquerade, published: host);

        gateway.FromInside(0, Packet.Udp(asker, 4000, Net.Outside, 53));
        gateway.Run();

        Assert.Empty(gateway.TakeInside());
        Assert.Equal((0, 1), (Sessions(gateway), gateway.Dropped(DropReason.AnswersElsewhere)));
    }

    [Fact]
    public void Services_of_other_rules_are_steered_to_their_lanes_and_sessions_of_before_known_to_be_strays()
    {
        using TwoLanes gateway = Gateway($"{Published}100.64.0.5:5300\n{Masquerade}");
        gateway.FromOutside(0, Packet.Udp(Net.Server, 4000, Net.Outside, 53));
        gateway.FromInside(0, Packet.Udp(Net.Host, 4001, Net.Server, 80));
        gateway.Run();
        RuledServices services = Program($"{Published}100.64.0.6:5300", "").Services;
        int lane = TwoLanes.LaneOf(Net.Host);
        SessionSnapshot[] sessions = new SessionSnapshot[8];
        uint cursor = 0;
        int count = gateway.Parts[lane].Translator.List(ref cursor, default, sessions);

        Assert.Equal(2, count);
        Assert.Equal(
            [false, true],
            sessions[..count].OrderBy(one => one.Original.Source.Port)
                .Select(one => gateway.Exchange.Keeps(lane, one, services)));
        FlowTuple asked = new(new(Net.Server, 4000), new(Net.Outside, 53), IpProtocol.Udp);
        Assert.True(gateway.Exchange.IsOwn(lane, asked, Realm.External));
        gateway.Exchange.Adopt(services);
        Assert.True(gateway.Exchange.IsOwn(1 - lane, asked, Realm.External));
    }

    private static (IPv4Address Source, ushort From, IPv4Address Destination, ushort To) Ends(Sent sent)
        => (sent.Source, sent.SourcePort, sent.Destination, sent.DestinationPort);

    private static int Sessions(TwoLanes gateway) => gateway.Parts.Sum(part => part.Translator.SessionCount);

    private static RuleSet Counted(TwoLanes gateway)
        => gateway.Programs[0].Counted(RuleTally.Sum([.. gateway.Programs.Select(program => program.Tally())]));

    private static TwoLanes Gateway(string nat, string filter = "", IPv4Address? published = null)
        => new(Tests.Gateway.Translation() with
        {
            Rules = Program(nat, filter),
            Published = published is IPv4Address host
                ? [new PublishedService(IpProtocol.Udp, 53, new TransportAddress(host, 5300))]
                : [],
        });

    private static RuleProgram Program(string nat, string filter)
    {
        RuleReading reading = RuleFile.Read($"*nat\n{nat}\nCOMMIT\n*filter\n{filter}\nCOMMIT\n", "rules");
        Assert.True(reading.IsUsable, string.Join('\n', reading.Findings));
        RuleProgram? program = RuleProgram.TryCompile(
            reading.Rules,
            new RuleSurroundings
            {
                InternalInterface = "lan0",
                ExternalInterface = "wan0",
                ExternalAddresses = [Net.Outside],
                Ports = new PortRange(1024, 65535),
                InsideNetworks = [Net.InternalPrefix],
                Lanes = new LaneTerms { Division = TwoLanes.Division, GivenPorts = [[new PortRange(1024, 65535)]] },
            },
            out IReadOnlyList<RuleRefusal> refusals);
        Assert.Empty(refusals);
        return program!;
    }
}
