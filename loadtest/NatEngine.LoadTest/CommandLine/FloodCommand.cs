using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.NetworkInformation;
using NatEngine.Devices;
using NatEngine.LoadTest.Flood;
using NatEngine.Packets;

namespace NatEngine.LoadTest.CommandLine;

/// <summary><c>natload flood</c>: sends UDP datagrams from one interface. What the other commands start inside a lab;
/// of use alone on a lab machine.</summary>
internal static class FloodCommand
{
    // Nothing is received; the ring is as small as it can be.
    private const int Slots = 64;

    private static readonly Option<string> Interface = Required<string>("--interface", "Interface to send from.");

    private static readonly Option<MacAddress> NextHop =
        Required("--next-hop", "Hardware address of the gateway.", ParseStation);

    private static readonly Option<MacAddress> Station =
        Required("--station", "Hardware address to send from.", ParseStation);

    private static readonly Option<IPv4Address> FirstClient =
        Required("--first-client", "Address of the first client.", ParseAddress);

    private static readonly Option<int> Clients = Optional("--clients", "How many clients.", 200);

    private static readonly Option<int> Flows = Optional("--flows", "How many flows.", 200);

    private static readonly Option<ushort> FirstPort = Optional("--first-port", "First source port.", (ushort)20_000);

    private static readonly Option<IPv4Address> Destination =
        Required("--destination", "Where the datagrams go.", ParseAddress);

    private static readonly Option<ushort> Port = Required<ushort>("--port", "Their port there.");

    private static readonly Option<int> FrameLength =
        Optional("--frame", "Octets of a frame, without the check sequence.", FloodPlan.ShortestFrame);

    private static readonly Option<double> Rate =
        Optional("--rate", "Frames per second; 0 for as many as go.", 0.0);

    private static readonly Option<double> Duration = Optional("--duration", "For how many seconds.", 1.0);

    private static readonly Option<long> Packets = Optional("--packets", "How many frames at most.", long.MaxValue);

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Command command = new("flood", "Sends UDP datagrams from one interface, and says how many went.")
        {
            Interface, NextHop, Station, FirstClient, Clients, Flows, FirstPort, Destination, Port, FrameLength, Rate,
            Duration, Packets,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(Interface), PlanOf(parsed)));
        return command;
    }

    /// <summary>Reads a hardware address, six octets in hexadecimal with colons.</summary>
    internal static MacAddress ParseStation(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (PhysicalAddress.TryParse(text, out PhysicalAddress? address)
            && address.GetAddressBytes() is { Length: MacAddress.Length } octets)
        {
            return MacAddress.Read(octets);
        }

        argument.AddError($"'{text}' is not a hardware address.");
        return default;
    }

    private static FloodPlan PlanOf(ParseResult parsed) => new()
    {
        NextHop = parsed.GetRequiredValue(NextHop),
        Station = parsed.GetRequiredValue(Station),
        FirstClient = parsed.GetRequiredValue(FirstClient),
        Clients = parsed.GetRequiredValue(Clients),
        Flows = parsed.GetRequiredValue(Flows),
        FirstPort = parsed.GetRequiredValue(FirstPort),
        Destination = new(parsed.GetRequiredValue(Destination), parsed.GetRequiredValue(Port)),
        FrameLength = parsed.GetRequiredValue(FrameLength),
        Rate = parsed.GetRequiredValue(Rate),
        Duration = TimeSpan.FromSeconds(parsed.GetRequiredValue(Duration)),
        Packets = parsed.GetRequiredValue(Packets),
    };

    private static int Run(string interfaceName, FloodPlan plan)
    {
        plan.Check();
        using AfPacketDevice device = AfPacketDevice.Open(new AfPacketOptions
        {
            InterfaceName = interfaceName,
            Slots = Slots,
            SuperFrames = false,
            BypassQdisc = true,
        });
        Console.WriteLine(new UdpFlood(device, plan).Run().ToLine());
        return ExitCode.Complete;
    }

    private static Option<T> Required<T>(string name, string description, Func<ArgumentResult, T>? parse = null)
        => new(name) { Description = description, Required = true, CustomParser = parse };

    private static Option<T> Optional<T>(string name, string description, T value)
        => new(name) { Description = description, DefaultValueFactory = _ => value };

    private static IPv4Address ParseAddress(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (!IPv4Address.TryParse(text, out IPv4Address address))
        {
            argument.AddError($"'{text}' is not an IPv4 address.");
        }

        return address;
    }
}
