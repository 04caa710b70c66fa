using NatEngine.Packets;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>What a <see cref="FrameKind.Stranger"/>'s number says: the external port that it wants, and which address
/// of <see cref="Sources"/> it pretends to come from.</summary>
internal static class StrangerNumber
{
    private const int PortBits = 16;
    private const int SourceBits = 15;
    private const ushort FirstSourcePort = 1024;

    /// <summary>Where strangers pretend to be: the benchmarking network of RFC 2544, which nobody is in.</summary>
    public static IPv4Prefix Sources { get; } = new(IPv4Address.Parse("198.18.0.0"), 15);

    /// <summary>The number of a stranger.</summary>
    /// <param name="source">Any number; its lower bits choose the address.</param>
    /// <param name="port">The port that it wants.</param>
    public static int Of(int source, ushort port) => ((source & ((1 << SourceBits) - 1)) << PortBits) | port;

    /// <summary>The port that a stranger wants.</summary>
    public static ushort PortOf(int number) => (ushort)number;

    /// <summary>Where it pretends to come from: the source's number is the address's, and the port's as well.</summary>
    public static TransportAddress SourceOf(int number)
    {
        int source = number >> PortBits;
        return new TransportAddress(
            new IPv4Address(Sources.Network.Value + (uint)source), (ushort)(FirstSourcePort + source));
    }
}
