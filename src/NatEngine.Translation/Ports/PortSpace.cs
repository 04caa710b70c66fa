using System;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Ports;

/// <summary>The ports, or ICMP identifiers, of one external address and protocol: which are free, none at first, and
/// whose mapping has the others.</summary>
internal sealed class PortSpace : IDisposable
{
    private readonly NativeArray<ulong> _words = new(PortSet.Words);

    // A flat table: what comes in from outside is found with one access. 256 KiB, of which only the pages of ports in
    // use are ever committed.
    private readonly NativeArray<uint> _mappings = new(65536);

    /// <summary>Which ports are free.</summary>
    public PortSet Free => new(_words, 0);

    /// <summary>The port that was given last.</summary>
    public ushort Last { get; set; }

    /// <summary>The mapping that has <paramref name="port"/>; 0 if none has.</summary>
    public ref uint MappingOf(ushort port) => ref _mappings[port];

    /// <inheritdoc/>
    public void Dispose()
    {
        _words.Dispose();
        _mappings.Dispose();
    }
}
