using System;
using System.CommandLine;
using System.Net.NetworkInformation;
using NatEngine.Devices;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Wire;
using NatEngine.Packets;

namespace NatEngine.LoadTest.CommandLine;

/// <summary><c>natload wire</c>: passes frames between two interfaces. What the system "wire" is made of.</summary>
internal static class WireCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Option<string> first = new("--first") { Description = "One interface.", Required = true };
        Option<MacAddress> firstPeer = Peer("--first-peer");
        Option<string> second = new("--second") { Description = "The other interface.", Required = true };
        Option<MacAddress> secondPeer = Peer("--second-peer");
        Option<bool> threadedNapi = new("--threaded-napi")
        {
            Description = "Have the kernel receive in threads that run where this program may.",
        };
        Command command = new("wire", "Passes IPv4 frames between two interfaces, with no NAT, until interrupted.")
        {
            first, firstPeer, second, secondPeer, threadedNapi,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(first),
            parsed.GetRequiredValue(firstPeer),
            parsed.GetRequiredValue(second),
            parsed.GetRequiredValue(secondPeer),
            parsed.GetValue(threadedNapi)));
        return command;
    }

    private static int Run(
        string first, MacAddress firstPeer, string second, MacAddress secondPeer, bool threadedNapi)
    {
        using AfPacketDevice firstDevice = Open(first);
        using AfPacketDevice secondDevice = Open(second);
        using NapiThreads? firstThreads = threadedNapi ? NapiThreads.Start(first) : null;
        using NapiThreads? secondThreads = threadedNapi ? NapiThreads.Start(second) : null;
        using WireForwarder forwarder = new(
            new WireEnd(firstDevice, StationOf(first), firstPeer),
            new WireEnd(secondDevice, StationOf(second), secondPeer));
        using Interruption interruption = new();
        interruption.Token.Register(forwarder.Stop);
        Console.WriteLine(WireSystem.ReadyLine);
        forwarder.Run();
        return interruption.ExitCode ?? ExitCode.Complete;
    }

    // Opened as natengine opens them by default: what differs between the two is the NAT.
    private static AfPacketDevice Open(string name)
        => AfPacketDevice.Open(new AfPacketOptions { InterfaceName = name });

    private static MacAddress StationOf(string name)
    {
        foreach (NetworkInterface each in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (each.Name == name)
            {
                return MacAddress.Read(each.GetPhysicalAddress().GetAddressBytes());
            }
        }

        throw new BadInputException($"There is no interface '{name}'.");
    }

    private static Option<MacAddress> Peer(string name) => new(name)
    {
        Description = "Hardware address of the station on that interface's link.",
        Required = true,
        CustomParser = FloodCommand.ParseStation,
    };
}
