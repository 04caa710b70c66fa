using System;
using System.Net.NetworkInformation;
using NatEngine.EndToEnd.Tests.Wire;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>One host's end of a link to the gateway, used as a wire: packets in, packets out, no IP stack.</summary>
internal sealed class Link : IDisposable
{
    private const int AddressLength = 6;
    private const int EthernetLength = 14;

    // ARP is answered, so that the gateway finds the host; what it gets beyond that nobody answers.
    private const string Mute =
        "table ip mute { chain ingress { type filter hook prerouting priority raw; policy drop; }; }";

    private readonly Place _place;
    private readonly FrameCapture _capture;
    private readonly byte[] _header;

    public Link(Place place, LabHost host, string interfaceName, PhysicalAddress gateway)
    {
        _place = place;
        host.ApplyNft(Mute);
        host.Configure($"link set {interfaceName} address {Text(StationOf(place))}");
        _capture = FrameCapture.Start(host, interfaceName);
        _header = [.. gateway.GetAddressBytes(), .. host.LinkAddress(interfaceName).GetAddressBytes(), 0x08, 0x00];
    }

    /// <summary>The hardware address of the host in a place, which rules can name.</summary>
    public static PhysicalAddress StationOf(Place place) => new([2, 0, 0, 0, 0, (byte)(0x10 + place)]);

    private ReadOnlySpan<byte> Own => _header.AsSpan(AddressLength, AddressLength);

    /// <summary>Sends a packet to the gateway.</summary>
    /// <param name="packet">From its IPv4 header on.</param>
    public void Send(byte[] packet) => _capture.Send([.. _header, .. packet]);

    /// <summary>The next packet that came, if there is one. What the switch floods because it does not know better is
    /// none.</summary>
    public Emerged? Receive()
    {
        while (_capture.TryTake(out CapturedFrame? frame))
        {
            if (frame.IsIPv4 && frame.Octets.AsSpan(0, AddressLength).SequenceEqual(Own))
            {
                int length = Math.Min(frame.PacketEnd, frame.Octets.Length);
                return new Emerged(_place, frame.Octets[EthernetLength..length], frame.Octets.Length - length);
            }
        }

        return null;
    }

    /// <summary>As ip(8) and iptables(8) write it.</summary>
    public static string Text(PhysicalAddress station)
        => BitConverter.ToString(station.GetAddressBytes()).Replace('-', ':');

    public void Dispose() => _capture.Dispose();
}
