using System.Runtime.InteropServices;

namespace NatEngine.Packets.Tests;

public sealed class PacketFactsTests
{
    [Fact]
    public void Fit_a_cache_line()
        => Assert.InRange(MemoryMarshal.AsBytes<PacketFacts>(new PacketFacts[1]).Length, 1, 64);
}
