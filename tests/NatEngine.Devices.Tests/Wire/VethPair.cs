using System;

namespace NatEngine.Devices.Tests.Wire;

/// <summary>Two namespaces and a wire between them: interface <c>a0</c> in one, <c>b0</c> in the other.</summary>
internal sealed class VethPair : IDisposable
{
    internal static readonly byte[] AddressOfA = [0x02, 0, 0, 0, 0, 0x0A];
    internal static readonly byte[] AddressOfB = [0x02, 0, 0, 0, 0, 0x0B];

    internal VethPair()
    {
        A = new NetworkNamespace();
        B = new NetworkNamespace();
        A.Ip($"link add a0 address 02:00:00:00:00:0a type veth peer name b0 address 02:00:00:00:00:0b netns {B.Name}");
        A.Ip("link set a0 up");
        B.Ip("link set b0 up");
    }

    internal NetworkNamespace A { get; }

    internal NetworkNamespace B { get; }

    internal AfPacketDevice OpenA(AfPacketOptions? options = null)
        => A.Run(() => AfPacketDevice.Open((options ?? Options()) with { InterfaceName = "a0" }));

    internal AfPacketDevice OpenB(AfPacketOptions? options = null)
        => B.Run(() => AfPacketDevice.Open((options ?? Options()) with { InterfaceName = "b0" }));

    internal static AfPacketOptions Options() => new() { InterfaceName = "", Slots = 64 };

    public void Dispose()
    {
        A.Dispose();
        B.Dispose();
    }
}
