using System;
using NatEngine.Devices.Tests.Wire;

namespace NatEngine.Devices.Tests;

public sealed class NapiThreadsTests
{
    [RootFact]
    public void An_interface_that_the_files_do_not_show_is_refused_by_its_path()
    {
        using VethPair wire = new(); // in namespaces of their own, while /sys shows the machine's

        DeviceException? error = null;
        wire.A.Run(() => error = Record.Exception(() => NapiThreads.Start("a0")) as DeviceException);

        Assert.Contains("/sys/class/net/a0", error?.Message, StringComparison.Ordinal);
    }
}
