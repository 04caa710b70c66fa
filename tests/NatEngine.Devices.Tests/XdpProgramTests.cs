using System;
using NatEngine.Devices.Tests.Wire;

namespace NatEngine.Devices.Tests;

public sealed class XdpProgramTests
{
    // r0 = XDP_PASS; exit
    private static readonly ulong[] PassEverything = [0x0000_0002_0000_00b7, 0x95];

    [RootFact]
    public void A_program_is_attached_until_it_is_disposed_of()
    {
        using VethPair wire = new();

        XdpProgram program = wire.A.Run(() => XdpProgram.Attach("a0", PassEverything));
        Assert.Throws<DeviceException>(() => wire.A.Run(() => XdpProgram.Attach("a0", PassEverything)));
        program.Dispose();

        using XdpProgram again = wire.A.Run(() => XdpProgram.Attach("a0", PassEverything));
    }

    [RootFact]
    public void A_program_that_the_kernel_does_not_trust_is_refused()
    {
        using VethPair wire = new();

        // Ends without an answer.
        DeviceException error = Assert.Throws<DeviceException>(() => wire.A.Run(() => XdpProgram.Attach("a0", [0x95])));

        Assert.StartsWith("a0: bpf(BPF_PROG_LOAD) failed", error.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public void An_unknown_interface_is_named()
    {
        DeviceException error = Assert.Throws<DeviceException>(() => XdpProgram.Attach("nosuch0", PassEverything));

        Assert.StartsWith("nosuch0: if_nametoindex failed", error.Message, StringComparison.Ordinal);
    }
}
