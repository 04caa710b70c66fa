using System;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Ports;

/// <summary>The ports, or ICMP identifiers, of one external address and protocol: which are free, and whose mapping has
/// the others.</summary>
internal sealed class PortSpace(PortAllocator allocator) : IDisposable
{
    // A flat table: what comes in from outside is found with one access. 256 KiB, of which only the pages of ports in
    // use are ever committed.
    private readonly NativeArray<uint> _mappings = new(65536);

    /// <summary>Which ports are free.</summary>
    public PortAllocator Allocator => allocator;

    /// <summary>The mapping that has <paramref name="port"/>; 0 if none has.</summary>
    public ref uint MappingOf(ushort port) => ref _mappings[port];

    /// <inheritdoc/>
    public void Dispose() => _mappings.Dispose();
}
