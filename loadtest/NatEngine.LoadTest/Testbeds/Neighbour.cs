using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using NatEngine.Lab;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Testbeds;

/// <summary>Asks for the station behind an address.</summary>
internal static class Neighbour
{
    // A cable that was just plugged in may take some seconds until it carries frames.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Lets a host ask by ARP until there is an answer.</summary>
    /// <exception cref="LabException">There is none.</exception>
    public static MacAddress Resolve(LabHost host, string interfaceName, IPAddress address)
    {
        Stopwatch watch = Stopwatch.StartNew();
        do
        {
            host.Run("ping", ["-n", "-c", "1", "-W", "0.2", address.ToString()]);

            // "100.64.0.1 lladdr 02:00:00:00:00:01 REACHABLE"
            string[] words = host.Run("ip", ["neighbour", "show", "to", address.ToString(), "dev", interfaceName])
                .Output.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string? station = words.SkipWhile(word => word != "lladdr").Skip(1).FirstOrDefault();
            if (station is not null && PhysicalAddress.TryParse(station, out PhysicalAddress? found))
            {
                return MacAddress.Read(found.GetAddressBytes());
            }
        }
        while (watch.Elapsed < Patience);

        throw new LabException(
            $"Nobody answers for {address} within {Patience.TotalSeconds:0} s: is the NAT cabled to the internal "
                + "interface, and is that its address?");
    }
}
