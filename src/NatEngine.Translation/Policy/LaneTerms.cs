using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Translation.Policy;

/// <summary>What rules must keep to where several lanes ask them, each a program of its own.</summary>
public sealed record LaneTerms
{
    /// <summary>Who is whose.</summary>
    public required LaneDivision Division { get; init; }

    /// <summary>Of each pool, the ports that sessions are given.</summary>
    public required IReadOnlyList<IReadOnlyList<PortRange>> GivenPorts { get; init; }

    /// <summary>Where published services are, and whose: what no rule may send to a host of another lane.</summary>
    public IReadOnlyDictionary<(IpProtocol Protocol, TransportAddress External), IPv4Address> Published { get; init; }
        = new Dictionary<(IpProtocol, TransportAddress), IPv4Address>();

    /// <summary>True if a rule may send a port of <see cref="GivenPorts"/> to a host: no session has it yet, and none
    /// will be given it.</summary>
    public bool MayTakePorts { get; init; }

    /// <summary>True if sessions may be given a port.</summary>
    internal bool IsGiven(int port) => GivenPorts.Any(pool => IsAmong(pool, port));

    /// <summary>The first lane that would have no port of these in a pool that has some; null if none would.</summary>
    /// <param name="isLeft">Tells the ports.</param>
    internal int? LaneWithout(System.Func<int, bool> isLeft)
    {
        foreach (IReadOnlyList<PortRange> pool in GivenPorts)
        {
            HashSet<int> lanes =
            [
                .. pool.SelectMany(range => Enumerable.Range(range.First, range.Count))
                    .Where(isLeft).Select(Division.OfPort),
            ];
            if (lanes.Count < Division.Lanes)
            {
                return Enumerable.Range(0, Division.Lanes).First(lane => !lanes.Contains(lane));
            }
        }

        return null;
    }

    private static bool IsAmong(IReadOnlyList<PortRange> ranges, int port)
        => ranges.Any(range => range.First <= port && port <= range.Last);
}
