using System;
using NatEngine.Packets;
using static NatEngine.LoadTest.BadInputException;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>
/// All connections of a test, numbered: hosts × source ports × destinations. Restricting the ranges sets the number
/// exactly (RFC 9693 section 4.1); their order on the wire is another matter (<see cref="FlowOrder"/>).
/// </summary>
/// <remarks>Connection by connection the host changes first, then the source port and, unless sources are to be unique,
/// then the destination: the first hosts × source ports connections all have one destination, so that a NAT needs a
/// port of its own for each of them, whatever its mapping behaviour.</remarks>
internal sealed class FlowSpace
{
    // RFC 4814 section 4.5: source ports from here to the end, destination ports from 1 to here.
    private const int FirstOfRange = 1024;
    private const int RangeLength = 65_536 - FirstOfRange;
    private const int LastDestinationPort = 49_151;

    private readonly FlowSpaceOptions _options;
    private readonly ushort[] _firstPorts;
    private readonly int _perDestination;

    /// <summary>Works a space out.</summary>
    /// <exception cref="BadInputException">A range is impossible.</exception>
    public FlowSpace(FlowSpaceOptions options)
    {
        Require(options.Hosts is >= 1 and <= 65_536, $"{options.Hosts} hosts: must be 1 to 65536.");
        Require(
            options.SourcePorts is >= 1 and <= RangeLength,
            $"{options.SourcePorts} source ports: must be 1 to {RangeLength}.");
        Require(
            options.Destinations >= 1
                && options.FirstDestination.Port + options.Destinations - 1 <= LastDestinationPort,
            $"{options.Destinations} destinations: must be 1 to {LastDestinationPort} ports from "
                + $"{options.FirstDestination.Port} on.");
        long count = (long)options.Hosts * options.SourcePorts * (options.UniqueSources ? 1 : options.Destinations);
        Require(count <= 1 << 26, $"{count} connections: must be at most {1 << 26}.");
        _options = options;
        _perDestination = options.Hosts * options.SourcePorts;
        Count = (int)count;
        _firstPorts = new ushort[options.Hosts];
        Random random = new(options.Seed);
        foreach (ref ushort first in _firstPorts.AsSpan())
        {
            first = (ushort)(FirstOfRange + (options.SpreadPorts ? random.Next(RangeLength) : 0));
        }
    }

    /// <summary>How many connections there are.</summary>
    public int Count { get; }

    /// <summary>How many different sources there are.</summary>
    public int Sources => _perDestination;

    /// <summary>The transport protocol of all.</summary>
    public IpProtocol Protocol => _options.Protocol;

    /// <summary>How the space is laid out.</summary>
    public FlowSpaceOptions Options => _options;

    /// <summary>Where a connection starts, on the inside. Of a ping, the identifier stands in the port's place.
    /// </summary>
    public TransportAddress SourceOf(int flow)
    {
        int within = flow % _perDestination;
        int host = within % _options.Hosts;
        int port = _firstPorts[host] + (within / _options.Hosts);
        return new TransportAddress(
            new IPv4Address(_options.FirstHost.Value + (uint)host),
            (ushort)(port > ushort.MaxValue ? port - RangeLength : port));
    }

    /// <summary>Where it goes to.</summary>
    public TransportAddress DestinationOf(int flow) => _options.FirstDestination with
    {
        Port = (ushort)(_options.FirstDestination.Port
            + (_options.UniqueSources ? flow % _options.Destinations : flow / _perDestination)),
    };
}
