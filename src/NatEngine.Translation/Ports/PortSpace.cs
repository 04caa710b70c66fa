using System;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Ports;

/// <summary>The ports, or ICMP identifiers, of one external address and protocol: which are free, none at first, and
/// whose mapping has the others.</summary>
internal sealed class PortSpace(bool hasOthers = false) : IDisposable
{
    private readonly NativeArray<ulong> _words = new(hasOthers ? 2u * PortSet.Words : PortSet.Words);

    // A flat table: what comes in from outside is found with one access. 256 KiB, of which only the pages of ports in
    // use are ever committed.
    private readonly NativeArray<uint> _mappings = new(65536);

    /// <summary>Which ports are free.</summary>
    public PortSet Free => new(_words, 0);

    /// <summary>Which ports other lanes give or publish: none unless there are other lanes.</summary>
    public PortSet Others => new(_words, PortSet.Words);

    /// <summary>The port that was given last.</summary>
    public ushort Last { get; set; }

    /// <summary>The mapping that has <paramref name="port"/>; 0 if none has.</summary>
    public ref uint MappingOf(ushort port) => ref _mappings[port];

    /// <summary>Asks for the memory of <see cref="MappingOf"/>.</summary>
    public void Prefetch(ushort port) => _mappings.Prefetch(port);

    /// <summary>Leaves the free ports to the others that are not of a lane's slice.</summary>
    public void LeaveToOthers(LaneSlice slice)
    {
        for (int port = 0; port <= ushort.MaxValue; port++)
        {
            if (!slice.Has(port) && Free.TryTake((ushort)port))
            {
                Others.Release((ushort)port);
            }
        }
    }

    /// <summary>Leaves a port to another lane, whatever else would be done with it.</summary>
    public void LeaveToOther(ushort port)
    {
        _ = Free.TryTake(port);
        if (!Others.IsFree(port))
        {
            Others.Release(port);
        }
    }

    /// <summary>Takes a port back from other lanes that is published in this one.</summary>
    public void TakeFromOthers(ushort port) => _ = hasOthers && Others.TryTake(port);

    /// <inheritdoc/>
    public void Dispose()
    {
        _words.Dispose();
        _mappings.Dispose();
    }
}
