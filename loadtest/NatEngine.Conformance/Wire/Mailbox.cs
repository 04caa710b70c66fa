using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace NatEngine.Conformance.Wire;

/// <summary>What has arrived for one address and has not been taken out yet, the oldest first.</summary>
internal sealed class Mailbox
{
    private readonly object _gate = new();
    private readonly List<IPv4Packet> _packets = [];

    /// <summary>Puts a packet in; from the station's thread. The last fragment of a packet puts the whole one in.
    /// </summary>
    public void Put(IPv4Packet packet)
    {
        lock (_gate)
        {
            _packets.Add(packet);
            if (packet.IsFragment && Whole(packet) is { } whole)
            {
                _packets.Add(whole);
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes the first packet out that matches, waiting for it if need be.</summary>
    /// <returns>Null if none came in time.</returns>
    public IPv4Packet? Take(Predicate<IPv4Packet> matches, TimeSpan patience)
    {
        Stopwatch watch = Stopwatch.StartNew();
        lock (_gate)
        {
            while (true)
            {
                int index = _packets.FindIndex(matches);
                if (index >= 0)
                {
                    IPv4Packet found = _packets[index];
                    _packets.RemoveAt(index);
                    return found;
                }

                TimeSpan left = patience - watch.Elapsed;
                if (left <= TimeSpan.Zero)
                {
                    return null;
                }

                // Looks once more when the time is over: a busy machine may have woken it late, with the packet here.
                Monitor.Wait(_gate, left);
            }
        }
    }

    /// <summary>All that is there now and matches; it stays.</summary>
    public IReadOnlyList<IPv4Packet> Look(Predicate<IPv4Packet> matches)
    {
        lock (_gate)
        {
            return _packets.FindAll(matches);
        }
    }

    private IPv4Packet? Whole(IPv4Packet last) => Fragments.Join(_packets.Where(packet => packet.IsFragment
        && packet.Identification == last.Identification
        && packet.Protocol == last.Protocol
        && packet.Source.Equals(last.Source)));
}
